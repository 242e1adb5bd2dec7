"""What changes forms: one verb each."""
