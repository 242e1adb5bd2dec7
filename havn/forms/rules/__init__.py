"""What decides about forms: pure, without Django."""
