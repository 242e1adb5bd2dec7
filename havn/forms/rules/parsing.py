"""A definition read from its JSON, with every fault at once and the place of each.

`parse` goes through the shape (`reading.py`), then through what the expressions ask for (`linking.py`).
"""

from typing import Any

from havn.forms.rules.definition import Definition
from havn.forms.rules.faults import DefinitionFault, DefinitionFaults
from havn.forms.rules.linking import linked
from havn.forms.rules.reading import Reading, definition_of

__all__ = ["DefinitionFault", "DefinitionFaults", "parse", "parse_kindly"]


def parse(raw: Any) -> Definition:
    """The definition. Raises DefinitionFaults, with all faults, for whatever is not one; never anything else."""
    definition, faults = parse_kindly(raw)
    if faults:
        raise DefinitionFaults(faults)
    return definition


def parse_kindly(raw: Any) -> tuple[Definition, list[DefinitionFault]]:
    """What can be read of a draft, and its faults: a question or a check that has one is left out.

    For showing a draft while somebody works on it. Without faults it is what `parse` gives.
    """
    reading = Reading()
    definition = definition_of(reading, raw)
    definition, more = linked(definition, reading.places)
    return definition, [*reading.faults, *more]
