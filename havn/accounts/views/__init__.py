"""Screens of accounts, one module for each."""
