"""Pure rules of the directory: no Django, no clock."""
