"""Reads of trends, named for their answer."""
