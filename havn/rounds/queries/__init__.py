"""Reads of rounds, named for their answer."""
