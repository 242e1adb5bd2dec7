"""Danish: a day and an hour stand apart by a comma."""

DATETIME_FORMAT = "j. F Y, H:i"
