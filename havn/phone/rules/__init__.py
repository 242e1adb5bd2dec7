"""What is decided about calls by values alone."""
