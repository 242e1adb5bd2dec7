"""Reads of surveys, each within one centre."""
