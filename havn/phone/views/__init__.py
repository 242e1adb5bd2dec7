"""The phone's screens and the address that telephone systems send to."""
