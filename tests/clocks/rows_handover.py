"""A closed report to a platform, with its sealed note."""

import datetime as dt
import secrets

from havn.handover.actions.reports import move_report, raise_report
from havn.handover.models import HandoverSettings, PlatformReport
from havn.handover.rules.reports import DAY_MS
from havn.vault.models import ConversationKeyWrap
from tests.clocks.places import line, person
from tests.clocks.rows import Left, Make


def _report(runs_out: dt.datetime) -> Left:
    closed = int(runs_out.timestamp() * 1000) - HandoverSettings().keep_report_days * DAY_MS
    report = raise_report(
        actor=person().user,
        service=line().service,
        platform="TikTok",
        kind="content",
        note="the grey gull",
        once=secrets.token_hex(8),
        at_ms=closed - DAY_MS,
    )
    move_report(actor=person().user, report_id=report.pk, state="removed", at_ms=closed)
    key = report.key_id
    return lambda: (
        PlatformReport.objects.filter(pk=report.pk).count() + ConversationKeyWrap.objects.filter(pk=key).count()
    )


ROWS: dict[str, Make] = {"handover.reports": _report}
