"""What changes e-mail threads and how they come in, one verb each."""
