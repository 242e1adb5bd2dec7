"""The door for the apps above: say what to send, inside your own transaction.

from havn.mail import api as mail
mail.send(centre=centre, to=address, subject=_("Your place"), text=words, kind="events.confirmed", calendar=ics)
"""

from havn.mail.actions import send
from havn.mail.queries import is_set_up, reaches

__all__ = ["is_set_up", "reaches", "send"]
