"""What changes calls, one verb each."""
