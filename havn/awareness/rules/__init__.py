"""Pure rules of what is published: no Django, `now` passed in."""
