"""Writes of rounds, one verb each."""
