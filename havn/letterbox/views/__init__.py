"""Each view reads its form, calls one action or query and chooses a template."""
