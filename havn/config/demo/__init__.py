"""The demo: two real centres' public facts, invented people and talks, and children who play."""
