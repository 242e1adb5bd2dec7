"""What a child posts about publishing, answered by the live process."""

from havn.letterbox.endpoints import consent
from havn.live.registry import LiveRoute

ROUTES = (
    LiveRoute("/live/letter/publish", ("POST",), consent.decide, "visitor"),
    LiveRoute("/live/answers/withdraw", ("POST",), consent.withdraw, "public"),
)
