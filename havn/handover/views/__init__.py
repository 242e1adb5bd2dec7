"""The screens of hand-overs and reports."""
