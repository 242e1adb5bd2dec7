"""Reports to platforms: raised, moved on, closed and counted, destroyed by their own clock."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.handover.models import PlatformReport, PlatformReportCount, PlatformReportTalk
from havn.handover.permissions import check_can_report
from havn.handover.queries.reports import over_clock
from havn.handover.rules import reports as rules
from havn.helpline.actions.telling import queue_changed
from havn.helpline.models import Turn
from havn.helpline.rules.record import platform_of
from havn.helpline.team_sealing import destroy_keys, open_for_team, seal_for_team
from havn.live.texts import clean
from havn.tenancy.models import Centre, Service
from havn.vault.api import Keyring

NOTE = "platform-report"
NOTE_MOST = 1000


@transaction.atomic
def raise_report(
    *,
    actor: User,
    service: Service,
    platform: str,
    kind: str,
    note: str,
    once: str,
    at_ms: int,
    turn: Turn | None = None,
) -> PlatformReport:
    """Note that something was reported to a platform. The same press (`once`) again gives the same report.

    Neither what was reported nor where it stands has a place in it; the note is sealed to the team.
    """
    check_can_report(actor, service)
    there = PlatformReport.objects.filter(service=service, once=once).first()
    if there is not None:
        return there
    named = platform_of(platform)
    if not named or kind not in rules.KINDS:
        raise Refused(_("Choose the platform and what was reported."))
    if turn is not None and turn.service_id != service.pk:
        raise Refused(_("This talk is not at your helpline."))
    words = clean(note).strip()[:NOTE_MOST]
    report = PlatformReport(
        service=service, platform=named, kind=kind, once=once, raised_by=actor, raised_at_ms=at_ms, moved_at_ms=at_ms
    )
    if words:
        report.key_id, report.nonce, report.sealed = seal_for_team(words, service_id=service.pk, field=NOTE)
    report.save(force_insert=True)
    if turn is not None:
        PlatformReportTalk.objects.create(pk=report.pk, conversation_id=turn.pk)
        queue_changed(service.pk)
    _trail(actor, report, "raised")
    return report


@transaction.atomic
def move_report(*, actor: User, report_id: int, state: str, at_ms: int) -> PlatformReport:
    """The platform answered, took it down or refused. A closed one is counted at once and moves no more."""
    report = _locked(report_id)
    check_can_report(actor, report.service)
    if report.state == state:
        return report
    if state not in rules.next_states(report.state):
        raise Refused(_("That can't be done any more. Look at how it stands now."))
    report.state, report.moved_at_ms = state, at_ms
    if state in rules.CLOSED:
        report.closed_at_ms = at_ms
        _count(report, at_ms)
    report.save()
    queue_changed(report.service_id)
    _trail(actor, report, state)
    return report


@transaction.atomic
def ask_platform_again(*, actor: User, report_id: int, at_ms: int) -> PlatformReport:
    """Somebody asked the platform again: the reminder begins anew."""
    report = _locked(report_id)
    check_can_report(actor, report.service)
    if report.state not in rules.OPEN:
        raise Refused(_("That can't be done any more. Look at how it stands now."))
    report.moved_at_ms = at_ms
    report.save(update_fields=["moved_at_ms"])
    _trail(actor, report, "asked-again")
    return report


def note_of(report: PlatformReport, keyring: Keyring) -> str | None:
    """The note opened; "" where there is none, None for somebody who holds no key."""
    if report.key_id is None:
        return ""
    return open_for_team(report.key_id, report.nonce, report.sealed, field=NOTE, keyring=keyring)


def purge_reports(centre: Centre) -> None:
    """Destroy what is over its clock, with the keys of its notes. The counts stay. May run twice."""
    services = Service.objects.filter(organisation__centre=centre)
    for service_id in services.values_list("pk", flat=True):
        with transaction.atomic():
            gone = PlatformReport.objects.filter(over_clock(service_id, now_ms=now_ms()))
            destroy_keys([key for key in gone.values_list("key_id", flat=True) if key is not None])
            gone.delete()


def _locked(report_id: int) -> PlatformReport:
    found = PlatformReport.objects.select_for_update(of=("self",)).filter(pk=report_id)
    report = found.select_related("service__organisation__centre").first()
    if report is None:
        raise Refused(_("There is no such report."))
    return report


def _count(report: PlatformReport, at_ms: int) -> None:
    zone = report.service.organisation.centre.time_zone
    PlatformReportCount.objects.create(
        service_id=report.service_id,
        platform=report.platform,
        kind=report.kind,
        removed=report.state == rules.REMOVED,
        days=rules.days_between(report.raised_at_ms, at_ms, zone),
        month=rules.day_of(at_ms, zone).replace(day=1),
    )


def _trail(actor: User, report: PlatformReport, what: str) -> None:
    audit.record(
        centre_id=report.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=report.service_id,
        action="handover.report",
        what=what,
        platform=report.platform,
    )
