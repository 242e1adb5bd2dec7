"""Writes of hand-overs and reports, one verb each."""
