"""Drawing as background work. It may run twice: a week has one draw."""

from havn.common.clock import now_ms
from havn.quality.actions.drawing import draw_where_due
from havn.tasks.api import task


@task
def draw_talks() -> int:
    """Draw this week's talks where that has not been done. Returns at how many helplines."""
    return draw_where_due(now_ms=now_ms())
