"""An event that was held, as the first values of an activity."""

from havn.activities.forms import FirstValues
from havn.activities.models import Basis, Group, Kind, Measure
from havn.events import api as events

# Whom an event was for, where one group of the log says the same.
_GROUPS = {
    "children-young-people": Group.CHILDREN,
    "young-children": Group.CHILDREN_0_5,
    "parents-carers": Group.PARENTS,
    "teachers-professionals": Group.TEACHERS,
    "organisations-industry": Group.ORGANISATIONS,
    "ngos": Group.ORGANISATIONS,
    "industry": Group.ORGANISATIONS,
    "authorities": Group.AUTHORITIES,
}


def first_values(event: events.Held, how: str) -> FirstValues:
    """What the form begins with. Only those who were ticked as come are counted; nobody ticked: no number."""
    reach = {
        "group": group_of(event.audiences), "measure": Measure.PARTICIPANTS, "number": event.attended,
        "basis": Basis.COUNTED, "how": how,
    }  # fmt: skip
    return FirstValues(
        activity={
            "organisation": event.organisation_id, "kind": Kind.EVENT, "title": event.title, "text": event.summary,
            "starts_on": event.starts_on, "ends_on": event.ends_on, "place": event.place, "is_online": event.is_online,
        },
        reach=[reach] if event.attended else [],
        evidence=[{"label": event.title, "url": "", "thing": f"event:{event.number}"}],
    )  # fmt: skip


def group_of(audiences: tuple[str, ...]) -> Group:
    """The one group that all audiences of an event belong to; otherwise groups that are not told apart."""
    groups = {_GROUPS.get(code, Group.MIXED) for code in audiences} or {Group.MIXED}
    return groups.pop() if len(groups) == 1 else Group.MIXED
