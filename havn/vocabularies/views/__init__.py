"""The screens of lists."""
