"""Pure rules of centres: no Django, no clock."""
