"""Wagtail's own screens behind the one sign-in door: who may do what there, and what it is kept from doing."""
