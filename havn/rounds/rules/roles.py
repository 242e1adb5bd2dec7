"""Whose work rounds are, by the codes of roles."""

ANSWERS = ("data_officer", "coordinator")
RUNS = ANSWERS
ACCEPTS = ("coordinator",)
