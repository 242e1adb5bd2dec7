"""Writes of surveys, one verb each."""
