"""Reads of the mailbox, named for their answer."""
