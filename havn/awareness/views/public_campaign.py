"""A campaign for people's own calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from havn.awareness.models import CampaignPage
from havn.awareness.queries import page_at, site_of
from havn.awareness.reading.campaigns import CONTENT_TYPE, calendar_of
from havn.common.access import public
from havn.common.language import reader_language
from havn.common.page_cache import PAGES_SECONDS, keepable
from havn.tenancy.models import Centre


@public
@require_safe
@keepable(PAGES_SECONDS)
def campaign_calendar(request: HttpRequest, path: str) -> HttpResponse:
    """The days of the campaign at this path as a calendar file; 404 for what is not visible or no campaign."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    campaign = page_at(centre, path.strip("/"), reader_language())
    if not isinstance(campaign, CampaignPage):
        raise Http404
    content = calendar_of(campaign, request.build_absolute_uri(campaign.get_url(request) or "/"))
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{campaign.slug}.ics"'
    return answer
