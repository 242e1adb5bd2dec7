"""Contacts of the past, taken in from a table: mapped, tried, applied in steps, and taken back as a whole."""
