"""How much anybody may find out of who a child is: three models, of which only the first needs no reason.

blind      nobody can trace a child; help comes only where the child says who and where
police     we see nothing; the police may try to find out where the child is
helpline   we may look, or ask, when a life is in danger

Havn itself stores no address in any of them: the other two are true only where a centre has an arrangement outside it.
"""

import datetime as dt

BLIND = "blind"
POLICE = "police"
HELPLINE = "helpline"
MODELS = (BLIND, POLICE, HELPLINE)
_RANK = {name: rank for rank, name in enumerate(MODELS)}
SHORTEST_BASIS = 40


def farthest(models: "list[str]") -> str:
    """The model that says most about a child's being found, of several helplines of a centre."""
    return max(models, key=lambda name: _RANK.get(name, 0), default=BLIND)


def why_not(*, model: str, basis: str, basis_on: dt.date | None, today: dt.date, texts_approved: bool) -> str | None:
    """None when the model may be chosen, else what is missing: "unknown", "basis", "date", "future" or "texts"."""
    if model not in MODELS:
        return "unknown"
    if model == BLIND:
        return None
    if len(basis.strip()) < SHORTEST_BASIS:
        return "basis"
    if basis_on is None:
        return "date"
    if basis_on > today:
        return "future"
    return None if texts_approved else "texts"
