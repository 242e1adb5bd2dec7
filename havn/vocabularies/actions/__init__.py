"""Writes of vocabularies."""
