"""Pages and presses of supervision."""
