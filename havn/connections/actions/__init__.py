"""What is written: keys, endpoints, messages on their way."""
