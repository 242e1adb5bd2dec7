"""Nobody exposed: planted words, addresses and passwords, searched for in every byte of a real installation."""
