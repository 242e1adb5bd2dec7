"""Ready answers, and the pages the helpline vouches for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions import managing
from havn.helpline.forms import AnswerForm, LinkForm
from havn.helpline.forms_desk import whole_number
from havn.helpline.models import CannedAnswer, LinkForChildren
from havn.helpline.permissions import check_can_manage
from havn.helpline.rules.roles import MANAGES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.tenancy.models import Service


@staff(*MANAGES)
@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """Both lists, with a form to add one or to change the one that `?answer=` or `?link=` names."""
    service = service_here(request, *MANAGES)
    check_can_manage(actor_of(request), service)
    return _page(request, service)


@staff(*MANAGES)
@require_POST
def save_answer(request: HttpRequest) -> HttpResponse:
    """Add or change a ready answer."""
    service = service_here(request, *MANAGES)
    form = AnswerForm(request.POST, languages=_languages(service))
    if not form.is_valid():
        return _page(request, service, answer_form=form)
    return _done(
        request,
        service,
        lambda: managing.save_canned_answer(
            actor=actor_of(request), service=service, answer_id=_id(request, "answer"), **form.cleaned_data
        ),
    )


@staff(*MANAGES)
@require_POST
def remove_answer(request: HttpRequest, answer: int) -> HttpResponse:
    """Remove a ready answer."""
    service = service_here(request, *MANAGES)
    return _done(
        request,
        service,
        lambda: managing.remove_canned_answer(actor=actor_of(request), service=service, answer_id=answer),
    )


@staff(*MANAGES)
@require_POST
def save_link(request: HttpRequest) -> HttpResponse:
    """Add or change a page for children."""
    service = service_here(request, *MANAGES)
    form = LinkForm(request.POST, languages=_languages(service))
    if not form.is_valid():
        return _page(request, service, link_form=form)
    return _done(
        request,
        service,
        lambda: managing.save_link(
            actor=actor_of(request), service=service, link_id=_id(request, "link"), **form.cleaned_data
        ),
    )


@staff(*MANAGES)
@require_POST
def remove_link(request: HttpRequest, link: int) -> HttpResponse:
    """Take a page off the list."""
    service = service_here(request, *MANAGES)
    return _done(request, service, lambda: managing.remove_link(actor=actor_of(request), service=service, link_id=link))


def _page(
    request: HttpRequest,
    service: Service,
    *,
    answer_form: AnswerForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    languages = _languages(service)
    answer = CannedAnswer.objects.filter(service=service, pk=_id(request, "answer") or 0).first()
    link = LinkForChildren.objects.filter(service=service, pk=_id(request, "link") or 0).first()
    return render(
        request,
        "helpline/manage_texts.html",
        {
            "service": service,
            "services": services_here(request, *MANAGES),
            "answers": CannedAnswer.objects.filter(service=service),
            "links": LinkForChildren.objects.filter(service=service),
            "answer": answer,
            "link": link,
            "answer_form": answer_form or AnswerForm(initial=_of_answer(answer), languages=languages),
            "link_form": link_form or LinkForm(initial=_of_link(link), languages=languages),
        },
        status=400 if answer_form or link_form else 200,
    )


def _done(request: HttpRequest, service: Service, act: Any) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(f"{reverse('helpline:texts')}?service={service.pk}")


def _languages(service: Service) -> list[tuple[str, str]]:
    names = dict(settings.LANGUAGES)
    return [(code, str(names.get(code, code))) for code in service.languages]


def _id(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.POST.get(name) or request.GET.get(name), 0) or None


def _of_answer(answer: CannedAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    return {"language": answer.language, "title": answer.title, "text": answer.text, "tags": ", ".join(answer.tags)}


def _of_link(link: LinkForChildren | None) -> dict[str, Any]:
    return {} if link is None else {"language": link.language, "title": link.title, "url": link.url}
