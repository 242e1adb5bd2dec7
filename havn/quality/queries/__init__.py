"""Reads, named for their answer."""
