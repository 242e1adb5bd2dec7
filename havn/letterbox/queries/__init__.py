"""Reads of the letterbox, named for their answer."""
