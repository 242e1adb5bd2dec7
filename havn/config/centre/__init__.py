"""A centre described in one file: what it is, its organisations, services, ways in and hours."""
