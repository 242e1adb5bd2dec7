"""What the child's pages, the first page and the site's map show of the letterbox. For both processes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from havn.common.site_maps import Address
from havn.letterbox.actions.consent import allow_publishing
from havn.letterbox.models import Consent, PublishedAnswer
from havn.letterbox.queries.published import answers_of, shown_slug
from havn.live.api import Started, Visitor
from havn.live.models import ReturnCode
from havn.tenancy.models import Centre, Service


def letter_started(letter: Started, fields: Mapping[str, str]) -> None:
    """Keep the yes that was ticked on the form."""
    if fields.get("publish") == "1":
        allow_publishing(conversation_id=letter.conversation_id, code=letter.code)


def on_the_form(service: Service, fields: Mapping[str, str]) -> dict[str, Any]:
    """The tick on the letter form: off, unless the form comes back with it on."""
    return {"ticked": fields.get("publish") == "1"}


def below_the_answer(visitor: Visitor, answered: bool) -> dict[str, Any] | None:
    """What the child has decided, and where it is shown if it is. Nothing is asked of a child without a code."""
    consent = Consent.objects.filter(pk=visitor.conversation_id).first()
    codes = ReturnCode.objects.filter(conversation_id=visitor.conversation_id, unwanted=False)
    if consent is None and not codes.exists():
        return None
    slug = shown_slug(bytes(consent.withdraw_hash)) if consent else ""
    return {"state": consent.state if consent else "", "slug": slug}


def published_here(request: HttpRequest) -> QuerySet[PublishedAnswer]:
    """The answers that anybody may read: while there are some, the first page shows the way to them."""
    return PublishedAnswer.objects.filter(centre=request.centre)  # type: ignore[attr-defined]


def addresses(request: HttpRequest) -> Iterator[Address]:
    """Every published answer, and their list, for the map of the site."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    answers = list(answers_of(centre).values_list("slug", "published_on"))
    if answers:
        yield Address(reverse("letterbox:answers"), answers[0][1])
    for slug, day in answers:
        yield Address(reverse("letterbox:answer", args=[slug]), day)
