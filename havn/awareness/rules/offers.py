"""How an offer to the network's portal goes from one state to the next."""

WAITING, ACCEPTED, DECLINED, WITHDRAWN = "waiting", "accepted", "declined", "withdrawn"

# (state, verb) -> state. What is not here is not possible: an answered offer stays answered.
MOVES = {
    (WAITING, "accept"): ACCEPTED,
    (WAITING, "decline"): DECLINED,
    (WAITING, "withdraw"): WITHDRAWN,
}


def after(state: str, verb: str) -> str | None:
    """The state that follows; None when this can't be done to such an offer."""
    return MOVES.get((state, verb))
