"""The screens of connections."""
