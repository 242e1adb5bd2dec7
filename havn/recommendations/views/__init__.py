"""The screens of recommendations."""
