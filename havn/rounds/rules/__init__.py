"""Rules of rounds: values in, values out."""
