"""What numbers of the activity log may be added, and what a report keeps of them. Values in, values out."""
