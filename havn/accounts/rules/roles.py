"""Who may change whom. An administrator is changed only by an administrator; nobody changes themselves."""

from collections.abc import Set as AbstractSet

ADMINISTRATOR = "administrator"


def roles_one_may_give(own: AbstractSet[str], every: AbstractSet[str]) -> frozenset[str]:
    """The roles that somebody with these roles may give and take in the same organisation."""
    if ADMINISTRATOR in own:
        return frozenset(every)
    if "coordinator" in own:
        return frozenset(every - {ADMINISTRATOR})
    return frozenset()


def may_manage(own: AbstractSet[str], theirs: AbstractSet[str], every: AbstractSet[str]) -> bool:
    """Whether somebody with `own` roles may change a member with `theirs`, in one organisation."""
    return bool(own) and theirs <= roles_one_may_give(own, every)
