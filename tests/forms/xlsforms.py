"""XLSForms of our own, in two languages, as bytes."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
HEADS = ["type", "name", "label::English (en)", "label::Norsk (nb)", "hint::English (en)", "required", "relevant",
         "constraint", "constraint_message::English (en)", "calculation", "parameters", "appearance"]  # fmt: skip
CHOICES: Rows = [
    ["list_name", "name", "label::English (en)", "label::Norsk (nb)"],
    ["yn", "1", "Yes", "Ja"],
    ["yn", "0", "No", "Nei"],
    ["app", "Snap", "Snap", "Snap"],
    ["app", "chat_room", "Chat room", "Chatterom"],
]
SETTINGS: Rows = [
    ["form_title", "form_id", "default_language", "version"],
    ["Visits to schools", "school-visits", "English (en)", "7"],
]


def xlsform(survey: Rows, choices: Rows = CHOICES, settings: Rows = SETTINGS, heads: Sequence[object] = HEADS) -> bytes:
    """A workbook with these sheets."""
    book = Workbook()
    for name, rows in (("survey", [heads, *survey]), ("choices", choices), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def row(type_: str, name: str = "", label: str = "", nb: str = "", **more: str) -> list[object]:
    """A row of the survey: type, name, labels, and other columns by their names."""
    short = ["type", "name", "label", "nb", "hint", "required", "relevant", "constraint", "message", "calculation",
             "parameters", "appearance"]  # fmt: skip
    given = {"type": type_, "name": name, "label": label, "nb": nb, **more}
    return [given.get(column, "") or None for column in short]


VISITS: Rows = [
    row("start", "start"),
    row("note", "welcome", "Thank you for coming.", "Takk for at du kom."),
    row("text", "school", "Which school?", "Hvilken skole?", required="yes", constraint="string-length(.) <= 80"),
    row("date", "day", "When?", "Når?"),
    row("integer", "pupils", "How many pupils?", "Hvor mange elever?", constraint=". >= 1 and . < 1000"),
    row("integer", "girls", "How many girls?", "Hvor mange jenter?", constraint=". <= ${pupils}",
        message="There are more girls than pupils."),
    row("select_one yn", "incident", "Was there an incident?", "Skjedde det noe?"),
    row("begin_group", "details", "The incident", "Hendelsen", relevant="${incident} = 1"),
    row("select_multiple app or_other", "AppsUsed", "Which apps?", "Hvilke apper?", hint="All that you know of"),
    row("text", "what", "What happened?", "Hva skjedde?", relevant="selected(${AppsUsed}, 'Snap')",
        appearance="multiline"),
    row("range", "worry", "How worried are you?", "Hvor bekymret er du?", parameters="start=1 end=5 step=1"),
    row("end_group"),
    row("begin_repeat", "talk", "A talk", "En samtale"),
    row("decimal", "minutes", "Minutes", "Minutter", constraint=". > 0"),
    row("end_repeat"),
    row("calculate", "boys", calculation="${pupils} - ${girls}"),
    row("calculate", "total_minutes", "Minutes in all", "Minutter i alt", calculation="sum(${minutes}) div 1"),
    row("image", "photo", "A picture", "Et bilde"),
    row("geopoint", "where", "Where?", "Hvor?"),
    row("text", "late", "Why so late?", "Hvorfor så sent?", relevant="${day} > today()"),
    row("calculate", "odd", calculation="${pupils} mod 2"),
    row("text", "even", "Even?", "Partall?", relevant="${odd} = 0"),
]  # fmt: skip
