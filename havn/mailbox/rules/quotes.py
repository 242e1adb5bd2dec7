"""The new words of an answer, without what it quotes of ours, the signature and the line of a telephone's maker.

Mail programs mark what they quote in three ways: ">" before each line, with a line above that says who wrote when; a
block of "From: … Sent: … To: …"; and a rule with words such as "Original message". All three are found by their shape,
so that they are found in every language. Answers between quoted lines are kept. Where nothing would be left, everything
is: a word too many is better than none.
"""

import re

_QUOTED = re.compile(r"^\s{0,3}>")
# "-----Original Message-----", "---------- Forwarded message ---------", whatever the language.
_RULE = re.compile(r"^\s*(-{4,}|_{4,}|={4,})\s*[^\W\d][^-_=]{2,50}\s*(-{3,}|_{3,}|={3,})\s*$")
_LINE = re.compile(r"^\s*(_{10,}|-{10,})\s*$")
_LABEL = re.compile(r"^\s*\*?[^\W\d][^\d:<>@]{0,24}\s?:\*?\s?\S")
_ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]{1,255}\.[^\s<>@]")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\b(19|20)\d\d\b|\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}[./-]\d{1,2}\b")
# The verb of "On 1 May Anna wrote:", for programs that name no address and set no ">".
_WROTE = re.compile(
    r"\b(wrote|skrev|skrifaði|schrieb|schreef|geschreven|écrit|escribió|escreveu|ha scritto|scrisse|napisał\w*|"
    r"napsal\w*|napísal\w*|kirjoitti|kirjutas|rakstīja|rašė|írta|a scris|написа\w*|писа\w*|пише|έγραψε|scríobh|kiteb|"
    r"je napisal\w*|je napisao)\b",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^\s*(sent from (my|outlook|yahoo|mail|proton)|sendt fra|skickat från|sent via|get outlook for|hent outlook for|"
    r"hämta outlook för|von meinem .{2,30} gesendet|gesendet (von|mit)|verzonden vanaf|verstuurd vanaf|"
    r"envoyé (de|depuis)|enviado desde|enviado do|inviato da|lähetetty |wysłane z|odesláno z|trimis de pe|"
    r"sent frá|надіслано з|outlook for (ios|android)|obtenir outlook pour|outlook für).{0,60}$",
    re.IGNORECASE,
)
_LONGEST_ATTRIBUTION = 320
# No line of a heading is longer, and a search through more would only cost time.
_LOOKED_AT = 500


def own_words(text: str) -> str:
    """What the writer of an answer added. `text` has newlines as line ends."""
    lines = text.split("\n")
    start = _quote_starts([line[:_LOOKED_AT] for line in lines])
    if start is None:
        kept = lines
    else:
        first, last = start
        between = "\n".join(line for line in lines[last:] if not _QUOTED.match(line)).strip("\n")
        kept = "\n\n".join(["\n".join(lines[:first]).rstrip(), between]).split("\n")
    kept = _without_signature(kept)
    new = "\n".join(kept).strip()
    return new or text.strip()


def _quote_starts(lines: list[str]) -> tuple[int, int] | None:
    """(first line that is not new, first line after the words that announce it), or None."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if _RULE.match(line) or (_LINE.match(line) and _is_block(lines, _next(lines, at + 1))):
            return at, len(lines)
        if _is_block(lines, at):
            return at, len(lines)
        end = _attribution(lines, at)
        if end is not None:
            return at, end
    return _trailing(lines)


def _attribution(lines: list[str], at: int) -> int | None:
    """Where a line such as "On 1 May 2026 Anna <a@b.example> wrote:" ends, which may be cut in up to three; or None."""
    told = ""
    for end in range(at, min(at + 3, len(lines))):
        line = lines[end].strip()
        if not line or (end == at and _QUOTED.match(line)):
            return None
        if end > at and not _DATE.search(told):
            # A line above the announcement is not part of it: it is the last of the new words.
            return None
        told = f"{told} {line}".strip()
        if len(told) > _LONGEST_ATTRIBUTION:
            return None
        if told.endswith((":", "：")):
            following = _next(lines, end + 1)
            quoted = following < len(lines) and bool(_QUOTED.match(lines[following]))
            names = bool(_ADDRESS.search(told) or _WROTE.search(told))
            if (quoted and (names or _DIGIT.search(told))) or (names and _DIGIT.search(told)):
                return end + 1 if quoted else len(lines)
            return None
    return None


def _is_block(lines: list[str], at: int) -> bool:
    """Whether here begins "From: … Sent: … To: … Subject: …": three labels, an address, a date."""
    block: list[str] = []
    for line in lines[at : at + 8]:
        if not line.strip():
            if block:
                break
            continue
        if not _LABEL.match(line):
            break
        block.append(line)
    told = "\n".join(block)
    return len(block) >= 3 and bool(_ADDRESS.search(told)) and bool(_DIGIT.search(told))


def _trailing(lines: list[str]) -> tuple[int, int] | None:
    """Quoted lines at the very end that nothing announces."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    first = end
    while first and (_QUOTED.match(lines[first - 1]) or not lines[first - 1].strip()):
        first -= 1
    return (first, len(lines)) if any(_QUOTED.match(line) for line in lines[first:end]) else None


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        # "-- " (RFC 3676, 4.3); programs that cut blanks off leave "--".
        if line in ("-- ", "--") and at:
            lines = lines[:at]
            break
    end = len(lines)
    while end and (not lines[end - 1].strip() or _DEVICE.match(lines[end - 1])):
        end -= 1
    return lines[:end]


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at
