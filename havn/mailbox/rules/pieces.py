"""A long e-mail becomes several messages: none is longer than a letter written on our page may be."""

LONGEST_PIECE = 10_000


def pieces_of(text: str) -> list[str]:
    """The text in pieces, cut between paragraphs, lines or words where it can be. At least one, none empty."""
    pieces = []
    while len(text) > LONGEST_PIECE:
        head = text[:LONGEST_PIECE]
        at = max(head.rfind("\n\n"), 0) or max(head.rfind("\n"), 0) or max(head.rfind(" "), 0)
        at = at if at > LONGEST_PIECE // 2 else LONGEST_PIECE
        pieces.append(text[:at].strip() or "…")
        text = text[at:].strip()
    return [*pieces, text or "…"] if text or not pieces else pieces
