"""A lesson on the screen of a classroom, one step at a time."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.awareness.counting.uses import counted
from havn.awareness.models import ResourcePage
from havn.awareness.reading.resources import resource_for, screen_context
from havn.awareness.rules.steps import step_asked
from havn.awareness.views.public_page import page
from havn.common.access import public
from havn.common.page_cache import PAGES_SECONDS, keepable


@public
@require_safe
@keepable(PAGES_SECONDS)
def lesson(request: HttpRequest, path: str) -> HttpResponseBase:
    """The step asked for, the first without one. 404 for a resource without a lesson.

    A page whose own address ends with this word is shown as any page.
    """
    found = resource_for(request, path, "awareness:lesson")
    if found is None:
        return page(request, f"{path}/lesson")
    if not isinstance(found, ResourcePage):
        return found
    steps = [block.value for block in found.lesson]
    if not steps:
        raise Http404
    number = step_asked(request.GET.get("step", ""), len(steps))
    context = {
        **screen_context(found, request),
        "step": steps[number - 1],
        "number": number,
        "count": len(steps),
        "before": number - 1,
        "after": number + 1 if number < len(steps) else 0,
    }
    response = render(request, "awareness/public_lesson.html", context)
    # A lesson is opened once, however many steps it has.
    return counted(response, found, "lesson") if number == 1 else response
