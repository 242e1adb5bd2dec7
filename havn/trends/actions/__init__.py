"""Writes of trends, one verb each."""
