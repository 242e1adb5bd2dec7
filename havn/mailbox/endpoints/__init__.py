"""What a child posts about its e-mails, answered by the live process."""

from havn.live.registry import LiveRoute
from havn.mailbox.endpoints import wishes

ROUTES = (LiveRoute("/live/letter/by-mail", ("POST",), wishes.choose, "visitor"),)
