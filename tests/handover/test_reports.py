"""Reports to platforms: noted once, followed, reminded of, counted when closed, gone by their own clock."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from havn.centres import readables
from havn.centres.readables import Readable, register_readables
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.handover import keeping
from havn.handover.actions import reports as actions
from havn.handover.models import HandoverSettings, PlatformReport, PlatformReportCount, PlatformReportTalk
from havn.handover.queries.reports import figures_of, open_reports, overdue_count
from havn.helpline.forms_public import fresh_once
from havn.helpline.retention.destroy import destroy_at_once
from havn.tenancy.models import Centre, Service
from havn.vault.models import ConversationKeyWrap
from tests.accounts.factories import signed_in_client
from tests.handover.conftest import Talk
from tests.helpline.factories import make_line
from tests.vault.factories import PASSWORD

DAY = 24 * 60 * 60_000
NOTE = "she wrote to them twice"


def _raise(talk: Talk, platform: str = "TikTok", *, note: str = "", at_ms: int = 0, once: str = "") -> PlatformReport:
    return actions.raise_report(
        actor=talk.anna.user,
        service=talk.line.service,
        platform=platform,
        kind="content",
        note=note,
        once=once or f"{platform}-{PlatformReport.objects.count()}",
        at_ms=at_ms or now_ms(),
        turn=talk.child.turn,
    )


def _close(talk: Talk, report: PlatformReport, state: str, at_ms: int = 0) -> None:
    actions.move_report(actor=talk.anna.user, report_id=report.pk, state=state, at_ms=at_ms or now_ms())


def test_a_report_holds_no_content_and_its_note_is_sealed(talk: Talk) -> None:
    report = _raise(talk, note=NOTE)
    assert NOTE.encode() not in bytes(report.sealed)
    assert actions.note_of(report, talk.kari.keyring) == NOTE
    assert PlatformReportTalk.objects.get().conversation_id == talk.id
    assert _raise(talk, "https://example.org/picture").platform == "other"


def test_the_same_press_is_one_report(talk: Talk) -> None:
    assert _raise(talk, once="a").pk == _raise(talk, once="a").pk
    assert PlatformReport.objects.count() == 1


def test_it_follows_the_table_and_a_closed_one_moves_no_more(talk: Talk) -> None:
    report = _raise(talk)
    _close(talk, report, "answered")
    _close(talk, report, "removed")
    _close(talk, report, "removed")
    for state in ("refused", "raised", "answered", "gone", ""):
        with pytest.raises(Refused):
            _close(talk, report, state)
    assert PlatformReportCount.objects.count() == 1


def test_open_ones_stand_oldest_first_and_the_overdue_are_marked(talk: Talk) -> None:
    young, old = _raise(talk, at_ms=now_ms() - DAY), _raise(talk, at_ms=now_ms() - 8 * DAY)
    ids = [talk.line.service.pk]
    assert [(line.report.pk, line.overdue) for line in open_reports(ids, now_ms=now_ms())] == [
        (old.pk, True),
        (young.pk, False),
    ]
    assert overdue_count(ids, now_ms=now_ms()) == 1
    actions.ask_platform_again(actor=talk.anna.user, report_id=old.pk, at_ms=now_ms())
    assert overdue_count(ids, now_ms=now_ms()) == 0
    HandoverSettings.objects.create(pk=ids[0], remind_days=1)
    assert overdue_count(ids, now_ms=now_ms()) == 1


def test_the_menu_counts_all_helplines_in_two_queries(talk: Talk, django_assert_num_queries: Any) -> None:
    _raise(talk, at_ms=now_ms() - 8 * DAY)
    other = make_line(centre_fields={"slug": "elsewhere", "host": "elsewhere.example"}).service
    with django_assert_num_queries(2):
        assert overdue_count([talk.line.service.pk, other.pk], now_ms=now_ms()) == 1


def test_month_and_days_are_those_of_the_centre(talk: Talk) -> None:
    centre = talk.line.service.organisation.centre
    centre.time_zone = "Europe/Oslo"
    centre.save()
    late = int(dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC).timestamp() * 1000)
    _close(talk, _raise(talk, at_ms=late - 60 * 60_000), "removed", late)
    count = PlatformReportCount.objects.get()
    assert (count.month, count.days) == (dt.date(2026, 2, 1), 1)


def test_how_long_they_are_kept_names_the_longest_also_of_a_helpline_without_settings(talk: Talk) -> None:
    centre, first = talk.line.service.organisation.centre, talk.line.service
    HandoverSettings.objects.create(pk=first.pk, keep_report_days=10)
    assert keeping._keep_days(centre.pk) == 10
    Service.objects.create(organisation=first.organisation, kind=first.kind, slug="second", name="Second")
    assert keeping._keep_days(centre.pk) == 30


def test_figures_leave_small_numbers_out(talk: Talk) -> None:
    for number in range(6):
        _close(talk, _raise(talk, at_ms=now_ms() - number * DAY), "removed")
    _close(talk, _raise(talk, "Discord"), "refused")
    since = dt.date(2020, 1, 1)
    found = {row.platform: row for row in figures_of([talk.line.service.pk], since=since)}
    assert (found["TikTok"].count, found["TikTok"].removed_percent, found["TikTok"].median_days) == (6, 100, 2.5)
    assert found["Discord"].count is None


def test_the_purge_takes_what_is_over_with_its_key_and_leaves_the_rest(talk: Talk) -> None:
    over, young = _raise(talk, note=NOTE, at_ms=now_ms() - 40 * DAY), _raise(talk, note=NOTE)
    stale, still = _raise(talk, at_ms=now_ms() - 366 * DAY), _raise(talk, at_ms=now_ms() - 364 * DAY)
    _close(talk, over, "removed", now_ms() - 31 * DAY)
    _close(talk, young, "removed", now_ms() - 29 * DAY)
    centre: Centre = talk.line.service.organisation.centre
    actions.purge_reports(centre)
    actions.purge_reports(centre)
    assert set(PlatformReport.objects.values_list("pk", flat=True)) == {young.pk, still.pk}
    assert not PlatformReport.objects.filter(pk=stale.pk).exists()
    assert not ConversationKeyWrap.objects.filter(pk=over.key_id).exists()
    assert ConversationKeyWrap.objects.filter(pk=young.key_id).exists()
    assert PlatformReportCount.objects.count() == 2


def test_a_report_outlives_its_talk_without_naming_it(talk: Talk) -> None:
    report = _raise(talk, note=NOTE)
    destroy_at_once([talk.id])
    assert not PlatformReportTalk.objects.exists()
    report.refresh_from_db()
    assert actions.note_of(report, talk.kari.keyring) == NOTE


def test_who_does_not_work_there_notes_nothing(talk: Talk) -> None:
    with pytest.raises(NotAllowed):
        actions.raise_report(
            actor=make_line(centre_fields={"slug": "elsewhere", "host": "elsewhere.example"}).people[0].user,
            service=talk.line.service,
            platform="X",
            kind="content",
            note="",
            once="x",
            at_ms=now_ms(),
        )


def test_the_screens_note_follow_and_show_the_guides(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readables, "_finders", [])

    def find(centre: Centre, words: str, language: str, limit: int) -> list[Readable]:
        if words != "TikTok":
            return []
        return [
            Readable("article", "On TikTok", "", "", "/en/a", "en"),
            Readable("guide", "Report on TikTok", "How to.", "", "/en/g", "en"),
        ]

    register_readables(find)
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    new = reverse("handover:raise_report")
    chosen = client.get(new, {"talk": talk.id, "platform": "TikTok"}).content.decode()
    assert chosen.index("Report on TikTok") < chosen.index("On TikTok</a>")
    fields = {"talk": talk.id, "platform": "TikTok", "kind": "account", "note": NOTE, "once": fresh_once()}
    to = client.post(new, fields).headers["Location"]
    assert client.post(new, fields).headers["Location"] == to
    page = client.get(to).content.decode()
    assert NOTE in page
    assert "Report on TikTok" in page
    client.post(f"{to}/move", {"state": "removed"})
    listed = client.get(reverse("handover:reports")).content.decode()
    assert "No report is open." in listed
    assert NOTE not in listed
    bad = client.post(new, {"platform": "nowhere", "kind": "content", "note": "kept words"})
    assert bad.status_code == 400
    assert "kept words</textarea>" in bad.content.decode()
