"""Reads of the phone, named for their answer."""
