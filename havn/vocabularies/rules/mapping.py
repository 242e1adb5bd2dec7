"""Where a term counts in another list: as its centre says, else as usual. Values in, values out."""

from collections.abc import Collection, Mapping

from havn.vocabularies.rules.lines import follow


def in_version(code: str, version: Collection[str], successors: Mapping[str, str]) -> str:
    """The term of a shared version that a code counts under by itself: the same, or the first that took over; or ""."""
    seen = set()
    while code and code not in seen:
        if code in version:
            return code
        seen.add(code)
        code = successors.get(code, "")
    return ""


def laid_over(usual: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Code to target: what a centre said in place of what is usual; an empty target is said to be nowhere."""
    return {code: target for code, target in {**usual, **said}.items() if target}


def by_standard(
    codes: Collection[str], standard: Mapping[str, str], usual: Mapping[str, str], successors: Mapping[str, str]
) -> dict[str, str]:
    """Code to target of a list that knows the standard's terms alone: own terms go where their standard term goes."""
    found = {}
    for code in codes:
        own = usual.get(code) or usual.get(standard.get(code, ""), "") or usual.get(follow(code, successors), "")
        if own:
            found[code] = own
    return found
