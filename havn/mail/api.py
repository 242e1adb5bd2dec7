"""The door for the apps above: say what to send, inside your own transaction.

from havn.mail import api as mail
number = mail.send(centre=centre, to=address, subject=_("Your place"), text=words, kind="events.confirmed")
mail.state_of(number)  # "waiting", "kept", "given-up"; "" when it has gone
"""

from havn.mail.actions import Manner, send, stop, take_back
from havn.mail.queries import is_address, is_set_up, reaches, state_of

__all__ = ["Manner", "is_address", "is_set_up", "reaches", "send", "state_of", "stop", "take_back"]
