"""How a curriculum is laid out: years, below them subjects, below those the aims. Codes in, codes out."""

from collections.abc import Mapping


def tree(broader: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Years to their subjects to their aims, all in the order given, from each code's parent ("" for a year).

    What stands deeper or hangs in the air is left out.
    """
    years: dict[str, dict[str, list[str]]] = {code: {} for code, parent in broader.items() if not parent}
    for code, parent in broader.items():
        if parent in years:
            years[parent][code] = []
    for code, parent in broader.items():
        year = broader.get(parent, "")
        if parent in years.get(year, {}):
            years[year][parent].append(code)
    return years


def subject_of(group: str, year: str) -> str:
    """What a subject is called after every year: "saf" for "lk20-4-saf" after "lk20-4"."""
    return group.removeprefix(f"{year}-")
