"""Times on the desk: "4 min" to the eye, the exact time on hover and to screen readers. And the settings' tabs."""

import datetime as dt
import zoneinfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.clock import now
from havn.helpline.parts import tabs
from havn.tenancy.models import Centre

register = template.Library()


@register.simple_tag
def settings_tabs() -> list[dict[str, str]]:
    """The settings screens that apps above the helpline add."""
    return [{"url_name": tab.url_name, "label": tab.label()} for tab in tabs()]


@register.simple_tag(takes_context=True)
def since(context: template.Context, moment: dt.datetime | None) -> SafeString | str:
    """How long ago, in whole minutes; a script counts it on."""
    if moment is None:
        return ""
    minutes = max(int((now() - moment).total_seconds() // 60), 0)
    exact = _local(context, moment).strftime("%H:%M:%S")
    spoken = ngettext("%(count)d minute, since %(time)s", "%(count)d minutes, since %(time)s", minutes)
    return format_html(
        '<time class="numbers" datetime="{}" title="{}" data-since="{}">{}</time>',
        moment.isoformat(),
        spoken % {"count": minutes, "time": exact},
        int(moment.timestamp() * 1000),
        short(minutes),
    )


@register.simple_tag(takes_context=True)
def clock(context: template.Context, moment: dt.datetime) -> SafeString:
    """The time of day in the centre's time zone."""
    local = _local(context, moment)
    return format_html(
        '<time class="numbers" datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        local.strftime("%Y-%m-%d %H:%M:%S"),
        local.strftime("%H:%M"),
    )


@register.filter
def short(minutes: int) -> str:
    """Minutes as they fit a narrow row: "4 min", "1 h 5 min"."""
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def _local(context: template.Context, moment: dt.datetime) -> dt.datetime:
    centre = context.get("centre")
    name = centre.time_zone if isinstance(centre, Centre) else "UTC"
    return timezone.localtime(moment, zoneinfo.ZoneInfo(name))
