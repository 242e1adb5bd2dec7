"""What is decided about letters by values alone."""
