"""What a hand-over and a report to a platform may become. Values in, values out."""
