"""Pages and presses of quality."""
