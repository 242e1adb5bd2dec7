"""Values in, values out: keys, addresses that may be called, when to try again."""
