"""Reads of the helpline, named for their answer."""
