"""Which roles of accounts do what at a helpline. The readable table of accounts shows the same rows."""

WORKS = ("counsellor", "supervisor", "coordinator")
SUPERVISES = ("supervisor", "coordinator")
MANAGES = ("coordinator",)
