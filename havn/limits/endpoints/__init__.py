"""What a child posts about its care plan, answered by the live process."""

from havn.limits.endpoints import plans
from havn.live.registry import LiveRoute

ROUTES = (
    LiveRoute("/live/plan/code", ("POST",), plans.show_code, "visitor"),
    LiveRoute("/live/plan/open", ("POST",), plans.read, "public"),
    LiveRoute("/live/plan/delete", ("POST",), plans.delete, "public"),
)
