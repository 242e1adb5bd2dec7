"""What a child posts about a hand-over, answered by the live process."""

from havn.handover.endpoints import answer
from havn.live.registry import LiveRoute

ROUTES = (LiveRoute("/live/handover", ("POST",), answer.decide, "visitor"),)
