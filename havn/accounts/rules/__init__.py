"""Pure rules of accounts: no Django, `now` passed in."""
