"""Cells of tables that people open in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection), on one line."""
    line = " ".join(text.split("\n")).replace("\r", " ")
    return "'" + line if line.startswith(_FORMULA) or line.lstrip().startswith(_FORMULA) else line
