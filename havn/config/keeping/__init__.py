"""Keeping what must be kept: encrypted backups, bringing one back, and what happens every night."""
