"""Notes to the next shift: the list of the last days, writing one, and taking one's own back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.models import Turn
from havn.helpline.queries.duty import open_duty
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, desk_address, keys_of, service_here, services_here
from havn.supervision.actions import notes as actions
from havn.supervision.desk import note_row
from havn.supervision.models import ShiftNote
from havn.supervision.queries.notes import notes_at
from havn.supervision.queries.settings import supervision_of
from havn.supervision.rules.notes import LONGEST, goes_at_ms
from havn.tenancy.models import Service


@staff(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """The notes of the last days; on duty also the own one, with which the duty may end."""
    service = service_here(request)
    text, said = request.POST.get("text"), ""
    if request.method == "POST":
        try:
            return _keep(request, service, text or "")
        except NotAllowed:
            raise
        except Refused as refusal:
            said = refusal.sentence
    context = {**_shown(request, service), "said": said}
    if text is not None:
        context["text"] = text
    return render(request, "supervision/notes.html", context, status=409 if said else 200)


@staff(*WORKS)
@require_POST
def remove_note(request: HttpRequest, note: int) -> HttpResponse:
    """Destroy one's own note."""
    if not ShiftNote.objects.filter(pk=note, service__in=services_here(request)).exists():
        raise Refused(_("This note is gone already."))
    service = actions.remove_note(actor=actor_of(request), note_id=note)
    messages.success(request, _("The note is destroyed."))
    return _list(service)


def _keep(request: HttpRequest, service: Service, text: str) -> HttpResponse:
    actor, at = actor_of(request), now_ms()
    actions.leave_note(actor=actor, service=service, text=text, keyring=keys_of(request), now_ms=at)
    if request.POST.get("off") != "1":
        messages.success(request, _("The note is kept for the next shift."))
        return _list(service)
    go_off_duty(actor=actor, service=service, give_back=request.POST.get("give_back") == "1", now_ms=at)
    messages.success(request, _("The note is kept, and you are off duty."))
    return HttpResponseRedirect(desk_address(service))


def _shown(request: HttpRequest, service: Service) -> dict[str, object]:
    actor, keyring = actor_of(request), keys_of(request)
    days = supervision_of(service.pk).note_days
    duty = open_duty(service.pk, actor.pk)
    rows = [
        {
            **note_row(note, keyring),
            "goes": from_ms(goes_at_ms(at_ms=note.at_ms, days=days)),
            "mine": note.by_id == actor.pk,
            "of_this_duty": duty is not None and note.duty_id == duty.pk,
        }
        for note in notes_at(service.pk, now_ms=now_ms())
    ]
    own = next((row["text"] for row in rows if row["of_this_duty"]), "")
    open_talks = Turn.objects.filter(
        service=service, counsellor=actor, state=Turn.State.TALKING, channel=Turn.Channel.CHAT
    )
    return {
        "service": service,
        "services": services_here(request),
        "rows": rows,
        "days": days,
        "duty": duty,
        "text": own or "",
        "longest": LONGEST,
        "open_talks": open_talks.count() if duty else 0,
    }


def _list(service: Service) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('supervision:notes')}?service={service.pk}")
