"""Writes of the letterbox, one verb each."""
