"""The screens of trends."""
