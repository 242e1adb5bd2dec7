"""A letter that came by e-mail: its address when it is asked for, and putting away what is no letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline import letters
from havn.helpline.actions.reading import duty_session, key_to_read
from havn.helpline.models import Turn
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import desk_address, reader_of, turn_here
from havn.mailbox.actions import letters_at_hand
from havn.mailbox.permissions import check_can_see_address


@staff(*WORKS)
@require_POST
def show_address(request: HttpRequest, talk: int) -> HttpResponse:
    """The address, on a page of its own that is kept nowhere."""
    letter = _letter(request, talk)
    key = _key(request, letter)
    address = letters_at_hand.show_address(actor=reader_of(request).user, letter=letter, key=key)
    return render(request, "mailbox/desk_mail.html", {"letter": letter, "address": address, "back": _page_of(letter)})


@staff(*WORKS)
@require_POST
def put_away(request: HttpRequest, talk: int) -> HttpResponse:
    """Not for us: coded and closed."""
    letter = _letter(request, talk)
    try:
        letters_at_hand.put_away(
            actor=reader_of(request).user,
            conversation_id=letter.pk,
            press=request.POST.get("press", ""),
            key=_key(request, letter),
            now_ms=now_ms(),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(_page_of(letter))
    messages.success(request, _("Closed. It is counted as no talk."))
    return HttpResponseRedirect(desk_address(letter.service))


def _letter(request: HttpRequest, talk: int) -> Turn:
    letter = turn_here(request, talk)
    check_can_see_address(reader_of(request).user, letter)
    return letter


def _key(request: HttpRequest, letter: Turn) -> bytes:
    reader = reader_of(request)
    session = duty_session(reader.user.pk, letter.service_id, reader.session_hash)
    return key_to_read(actor=reader.user, turn=letter, keyring=reader.keyring, session=session)


def _page_of(letter: Turn) -> str:
    page = letters.desk_page()
    return reverse(page, args=[letter.pk]) if page else desk_address(letter.service, letter.pk)
