"""What people fill in while they build a form. The shape is looked at here; parsing decides whether a part is right."""
