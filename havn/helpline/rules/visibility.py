"""Who sees which message of a helpline talk, and who may write what. One function each, tested as a matrix."""

VISITOR = "visitor"
COUNSELLOR = "counsellor"
SUPERVISOR = "supervisor"
STAFF = frozenset({COUNSELLOR, SUPERVISOR})


def may_see(*, viewer_role: str, kind: str) -> bool:
    """A child sees texts and events; notes stay with staff, and so do the events of `words.FOR_STAFF_ONLY`."""
    if viewer_role in STAFF:
        return True
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
    if viewer_role == SUPERVISOR:
        # Reading along is silent: a supervisor writes notes, never to the child.
        return "role"
    if state == "ended":
        return "ended"
    return None
