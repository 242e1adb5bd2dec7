"""What is wrong with a definition, as values; `words.py` of the app makes sentences of them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DefinitionFault:
    """One fault: where ("sections.channels.questions.total.label", by key where there is one), what, and values."""

    path: str
    code: str
    values: dict[str, str | int] = field(default_factory=dict)


class DefinitionFaults(ValueError):
    """Raised with every fault of a definition."""

    def __init__(self, faults: list[DefinitionFault]) -> None:
        super().__init__("; ".join(f"{one.path}: {one.code}" for one in faults))
        self.faults = faults
