"""The screens of surveys."""
