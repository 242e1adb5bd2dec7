"""What the helpline decides, as pure functions: values in, values out, the moment passed in. No Django here."""
