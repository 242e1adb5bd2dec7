"""Rules: values in, values out, without Django."""
