"""Preparing an answer for the public page, with the letter beside it; publishing it, and taking it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.models import Turn
from havn.helpline.queries.visits import language_name
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.helpline.views.desk_answers import services_here
from havn.letterbox.actions import publishing
from havn.letterbox.forms import read_version, version_number
from havn.letterbox.models import PublishedAnswer
from havn.letterbox.permissions import can_publish, check_can_edit, check_is_answered
from havn.letterbox.queries.editions import (
    candidates,
    consent_of,
    edition_of,
    first_version,
    is_answered,
    version_of,
)
from havn.letterbox.queries.published import on_site
from havn.letterbox.rules.marks import pieces
from havn.letterbox.rules.publishing import Version, lacking, open_marks
from havn.letterbox.views.desk_shared import (
    actor_of,
    key_after_the_trail,
    keys_of,
    letter_here,
    messages_of,
    refusals_stay,
)
from havn.letterbox.words import kind_label, lacking_label
from havn.vocabularies.api import label_of, terms_of


@staff(*WORKS)
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """Letters whose child said yes, and what is on the site. No word of any letter."""
    services = services_here(request)
    if not services:
        raise NotAllowed(_("You don't work at a helpline of this centre."))
    context = {
        "candidates": [
            {"one": one, "answered_at": from_ms(one.answered_at_ms), "language": language_name(one.letter.language)}
            for one in candidates(services, actor_of(request).pk)
        ],
        "on_site": [{"answer": one, "language": language_name(one.language)} for one in on_site(services)],
        "may_take_off": bool(services_here(request, *SUPERVISES)),
    }
    return render(request, "letterbox/desk_editions.html", context)


@staff(*WORKS)
@require_GET
def edition(request: HttpRequest, talk: int) -> HttpResponse:
    """The letter beside the version without names."""
    return _page(request, letter_here(request, talk))


@staff(*WORKS)
@require_POST
def save_edition(request: HttpRequest, talk: int) -> HttpResponse:
    """Keep the version and what was decided about marks; with `ready`, put it before a second person."""
    letter = letter_here(request, talk)
    check_can_edit(actor_of(request), letter.service)
    key = keys_of(request).conversation_key(letter.pk)
    row = edition_of(letter.pk)
    before = version_of(row, key) if row else Version(language=letter.language)
    version = read_version(request.POST, before, _languages(letter), [code for code, _name in _topics()])
    ready = request.POST.get("ready") == "1"
    try:
        _save(request, letter, version, key, ready=ready and not lacking(version))
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, letter, typed=version, error=refusal.sentence, status=refusal.status)
    if ready and lacking(version):
        messages.error(request, _("Kept. Before a second person sees it, something is still missing: look below."))
    elif ready:
        messages.success(request, _("A second person decides now whether it is published."))
        return HttpResponseRedirect(reverse("letterbox:editions"))
    return HttpResponseRedirect(reverse("letterbox:edition", args=[letter.pk]))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:edition")
def reopen_edition(request: HttpRequest, talk: int) -> HttpResponse:
    """Open it for changes again."""
    letter = letter_here(request, talk)
    publishing.reopen_edition(actor=actor_of(request), conversation_id=letter.pk)
    return HttpResponseRedirect(reverse("letterbox:edition", args=[letter.pk]))


@staff(*SUPERVISES)
@require_POST
@refusals_stay("letterbox:edition")
def publish(request: HttpRequest, talk: int) -> HttpResponse:
    """The second person publishes it."""
    letter = letter_here(request, talk)
    publishing.publish(
        actor=actor_of(request),
        conversation_id=letter.pk,
        number=version_number(request.POST),
        key=keys_of(request).conversation_key(letter.pk),
        now_ms=now_ms(),
    )
    messages.success(request, _("It is on the site."))
    return HttpResponseRedirect(reverse("letterbox:editions"))


@staff(*SUPERVISES)
@require_POST
@refusals_stay("letterbox:editions")
def take_off(request: HttpRequest, answer: int) -> HttpResponse:
    """Take a published answer off the site."""
    here = PublishedAnswer.objects.filter(pk=answer, service__in=services_here(request, *SUPERVISES))
    if not here.exists():
        raise Refused(_("This answer is not on the site any more."))
    publishing.take_off(actor=actor_of(request), answer_id=answer)
    messages.success(request, _("It is off the site."))
    return HttpResponseRedirect(reverse("letterbox:editions"))


def _save(request: HttpRequest, letter: Turn, version: Version, key: bytes, *, ready: bool) -> None:
    publishing.save_edition(
        actor=actor_of(request),
        conversation_id=letter.pk,
        version=version,
        number=version_number(request.POST),
        key=key,
        now_ms=now_ms(),
        ready=ready,
    )


def _page(
    request: HttpRequest, letter: Turn, *, typed: Version | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    check_can_edit(actor, letter.service)
    if consent_of(letter.pk) != "yes":
        raise Refused(_("The child has not allowed this, or has taken it back."))
    answered = is_answered(letter.pk)
    if typed is None:
        check_is_answered(letter)
    key = key_after_the_trail(request, letter)
    # What the child has written since waits for those who answer; what was typed here comes back without it.
    shown = [one for one in messages_of(request, letter, key) if one.kind == "text"] if answered else []
    row = edition_of(letter.pk)
    version = typed or (version_of(row, key) if row else first_version(shown, letter.language))
    context: dict[str, Any] = {
        "letter": letter,
        "original": [{"one": one, "at": from_ms(one.at_ms)} for one in shown],
        "version": version,
        "number": row.version if row else 0,
        "ready": row is not None and row.ready_at_ms is not None,
        "ready_by": row.ready_by if row else None,
        "may_publish": row is not None and can_publish(actor, letter.service, row),
        "marks": [{"mark": mark, "label": kind_label(mark.kind)} for mark in open_marks(version)],
        "question": _pieces(version.question, version),
        "answer": _pieces(version.answer, version),
        "lacking": [lacking_label(what) for what in lacking(version)],
        "languages": [(code, language_name(code)) for code in _languages(letter)],
        "topics": _topics(),
        "error": error,
    }
    return render(request, "letterbox/desk_edition.html", context, status=status)


def _pieces(text: str, version: Version) -> list[dict[str, Any]]:
    return [
        {"text": piece, "label": kind_label(mark.kind) if mark else "", "kept": bool(mark and mark.key in version.kept)}
        for piece, mark in pieces(text, version.language)
    ]


def _languages(letter: Turn) -> list[str]:
    known = [*letter.service.languages, letter.language]
    return list(dict.fromkeys(known))


def _topics() -> list[tuple[str, str]]:
    language = reader_language()
    return [(term.code, label_of(term, language).text) for term in terms_of("topic", on=now().date())]
