"""What is left out of a published table and why, decided by values alone."""
