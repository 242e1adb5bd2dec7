"""A form as a workbook to fill in, and the answers read back from it by their keys."""
