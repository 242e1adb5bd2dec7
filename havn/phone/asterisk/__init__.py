"""From Asterisk's REST interface (ARI) to signed events, in a process of its own that needs no database."""
