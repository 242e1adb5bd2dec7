"""Who sees which message of a helpline talk, and who may write what. One function each, tested as a matrix."""

VISITOR = "visitor"
COUNSELLOR = "counsellor"
SUPERVISOR = "supervisor"
# Reads along in silence: asked by the counsellor, or had the talk before.
COLLEAGUE = "colleague"
STAFF = frozenset({COUNSELLOR, SUPERVISOR, COLLEAGUE})
SILENT = frozenset({SUPERVISOR, COLLEAGUE})


def may_see(*, viewer_role: str, kind: str) -> bool:
    """A child sees texts and events; notes stay with staff, and so do the events of `words.FOR_STAFF_ONLY`.

    A "whisper" is between supervisors and the talk's counsellor; an "aside" between those who take part in it, and its
    own list says who they are. Neither stands in the log, whose places a child could count.
    """
    if viewer_role in STAFF:
        return kind != "whisper" or viewer_role != COLLEAGUE
    if viewer_role != VISITOR:
        return False
    return kind in {"text", "event"}


def why_not_post(*, viewer_role: str, kind: str, state: str) -> str | None:
    """None when the message may be written, else which rule says no: "role", "kind", "waiting" or "ended"."""
    if viewer_role not in STAFF | {VISITOR}:
        return "role"
    if kind not in {"text", "note"} or (kind == "note" and viewer_role == VISITOR):
        return "kind"
    if kind == "note":
        return None
    if viewer_role in SILENT:
        # Reading along is silent: whoever does writes notes, never to the child.
        return "role"
    if state == "ended":
        return "ended"
    return None
