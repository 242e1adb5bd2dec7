"""Joining a helpline to its mailbox: the address, where e-mails are fetched from, secrets, and whether any come in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.mail import api as mail
from havn.mailbox import imap
from havn.mailbox.actions import connecting
from havn.mailbox.collecting import try_out
from havn.mailbox.forms import AddressForm, MailboxForm
from havn.mailbox.permissions import check_can_connect
from havn.mailbox.queries.connection import box_of, secrets_of
from havn.mailbox.words import trouble_words
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show everything; a post changes the address and how receipts go."""
    service = _service(request)
    if request.method != "POST":
        return _page(request, service)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, service, status=400, address_form=form)
    site = f"{'https' if django_settings.SECURE else 'http'}://{request.get_host()}"
    return _done(
        request,
        service,
        lambda: connecting.change_address(actor=actor_of(request), service=service, site=site, **form.cleaned_data),
    )


@staff(*MANAGES)
@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    """Where e-mails are fetched from."""
    service = _service(request)
    form = MailboxForm(request.POST)
    if not form.is_valid():
        return _page(request, service, status=400, mailbox_form=form)
    values = dict(form.cleaned_data)
    password = values.pop("password")
    return _done(
        request,
        service,
        lambda: connecting.change_mailbox(actor=actor_of(request), service=service, password=password, values=values),
    )


@staff(*MANAGES)
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Open the mailbox once and say what waits there. Nothing is taken."""
    service = _service(request)
    try:
        count = try_out(box_of(service.pk))
    except imap.Trouble as trouble:
        messages.error(request, trouble_words(trouble.code))
    else:
        told = ngettext(
            "The mailbox answers. %(count)d e-mail waits there.",
            "The mailbox answers. %(count)d e-mails wait there.",
            count,
        )
        messages.success(request, told % {"count": count})
    return _back(service)


@staff(*MANAGES)
@require_POST
def make_secret(request: HttpRequest) -> HttpResponse:
    """A new secret, on the page that answers and on no other."""
    service = _service(request)
    try:
        secret = connecting.make_secret(actor=actor_of(request), service=service)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _back(service)
    return _page(request, service, secret=secret)


@staff(*MANAGES)
@require_POST
def remove_secret(request: HttpRequest, secret: int) -> HttpResponse:
    """From now on nothing signed with it is taken."""
    service = _service(request)
    return _done(
        request, service, lambda: connecting.remove_secret(actor=actor_of(request), service=service, secret_id=secret)
    )


def _service(request: HttpRequest) -> Service:
    service = service_here(request, *MANAGES)
    check_can_connect(actor_of(request), service)
    return service


def _done(request: HttpRequest, service: Service, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Saved."))
    return _back(service)


def _back(service: Service) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('mailbox:settings')}?service={service.pk}")


def _page(request: HttpRequest, service: Service, *, status: int = 200, **more: Any) -> HttpResponse:
    box, prefix = box_of(service.pk), get_script_prefix()
    context = {
        "service": service,
        "services": services_here(request, *MANAGES),
        "box": box,
        "failing": trouble_words(box.trouble) if box.trouble else "",
        "failing_since": from_ms(box.failing_since_ms) if box.failing_since_ms else None,
        "looked_at": from_ms(box.looked_at_ms) if box.looked_at_ms else None,
        "last_mail": from_ms(box.last_mail_ms) if box.last_mail_ms else None,
        "sends": mail.reaches(service.organisation.centre),
        "secrets": secrets_of(service),
        # For machines: in no language.
        "hook": request.build_absolute_uri("/" + reverse("mailbox:hook", args=[service.pk]).removeprefix(prefix)),
        "address_form": AddressForm.of(box),
        "mailbox_form": MailboxForm.of(box),
        "secret": "",
        **more,
    }
    return render(request, "mailbox/desk_settings.html", context, status=status)
