"""Reads of hand-overs and reports."""
