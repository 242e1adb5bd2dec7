"""What differs between a report and the log, in sentences."""

from django.utils.translation import gettext as _

from havn.activities import words
from havn.activities.rules.figures import Changes, Done, EffortChange, NumberChange


def told(changes: Changes) -> list[str]:
    """A sentence for each difference."""
    return [
        *(_("New: %(activity)s.") % {"activity": _done(done)} for done in changes.added),
        *(_("No longer there: %(activity)s.") % {"activity": _done(done)} for done in changes.gone),
        *(_("Told otherwise: %(activity)s.") % {"activity": _done(done)} for done in changes.changed),
        *(_number(one) for one in changes.numbers),
        *(_effort(one) for one in changes.efforts),
    ]


def _done(done: Done) -> str:
    return _("%(title)s (%(kind)s, %(when)s)") % {
        "title": done.title,
        "kind": words.kind_name(done.kind),
        "when": words.days(done.starts_on, done.ends_on),
    }


def _number(one: NumberChange) -> str:
    return _("%(kind)s, %(group)s, %(measure)s (%(basis)s): %(before)s before, %(after)s now.") % {
        "kind": words.kind_name(one.count.kind),
        "group": words.group_name(one.count.group),
        "measure": words.measure_name(one.count.measure),
        "basis": words.basis_name(one.count.basis),
        "before": words.number(one.before or 0),
        "after": words.number(one.after or 0),
    }


def _effort(one: EffortChange) -> str:
    return _("%(kind)s: %(hours)s hours and %(cost)s before, %(new_hours)s hours and %(new_cost)s now.") % {
        "kind": words.kind_name(one.kind),
        "hours": words.hours(one.before.hours if one.before else None),
        "cost": words.euro(one.before.cost if one.before else None),
        "new_hours": words.hours(one.after.hours if one.after else None),
        "new_cost": words.euro(one.after.cost if one.after else None),
    }
