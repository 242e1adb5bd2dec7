"""What is decided about trends by values alone."""
