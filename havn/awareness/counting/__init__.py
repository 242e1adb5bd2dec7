"""How often pages are used, and nothing of who uses them."""
