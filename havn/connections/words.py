"""What the screens of connections say of codes."""

from django.utils.translation import gettext as _

from havn.connections.models import Delivery
from havn.connections.rules.events import Event
from havn.connections.rules.keys import Scope


def scope_label(code: str) -> str:
    """What a key opens."""
    return {
        Scope.OPENING: _("When each service and channel is open"),
        Scope.WAITING: _("How long one waits for the chat"),
        Scope.STATISTICS: _("Figures, small numbers left out"),
        Scope.CALLS: _("Where a telephone system sends its calls"),
        Scope.MAIL: _("Where a mail system sends what came in"),
        Scope.ROUNDS: _("What the centre is asked in rounds: read it, answer it and send it in"),
    }[Scope(code)]


def event_label(code: str) -> str:
    """What an endpoint is told."""
    labels: dict[str, str] = {
        Event.OPENING: _("A service or channel opens or closes"),
        Event.WAITING: _("The wait for the chat changes"),
        Event.FIGURES: _("A quarter is over and its figures can be read"),
        Event.ESCALATION: _("A danger was opened at a service; only that, and nothing of it"),
        Event.TEST: _("Test"),
    }
    return labels.get(code, code)


def why_forbidden(code: str) -> str:
    """Why nothing is sent to an address."""
    return {
        "not-https": _("The address must begin with https://."),
        "password": _("The address must hold no name and password. The signature says who sends."),
        "private": _(
            "The address lies inside a private network. Nothing is sent there unless your installation allows it."
        ),
    }.get(code, _("This is not an address that can be called."))


def outcome_words(delivery: Delivery) -> str:
    """What became of a message, in a few words."""
    if delivery.status is not None:
        return _("Answered with %(status)s") % {"status": delivery.status}
    return {
        "": "",
        "private": _("Not sent: the name leads into a private network"),
        "unknown-name": _("The name of the machine is not known"),
        "no-answer": _("No answer"),
        "tls": _("Its certificate is not right"),
        "no-secret": _("The secret was made on another server. Change it."),
    }.get(delivery.error, _("Not sent: the address can't be called"))


def state_label(delivery: Delivery) -> str:
    """Where a message stands."""
    return {
        Delivery.State.WAITING: _("On its way") if delivery.tries == 0 else _("Trying again"),
        Delivery.State.ARRIVED: _("Arrived"),
        Delivery.State.GIVEN_UP: _("Given up"),
        Delivery.State.REPLACED: _("Replaced by a newer one"),
    }[Delivery.State(delivery.state)]
