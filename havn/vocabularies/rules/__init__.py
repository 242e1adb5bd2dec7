"""Rules of lists: values in, values out."""
