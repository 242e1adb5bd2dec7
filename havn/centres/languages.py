"""What a language still lacks at a centre. Apps above add what they keep by language (`register_need`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from havn.centres.registry import safety_texts
from havn.centres.safety_texts import ENGLISH, approved_keys
from havn.common.clock import now
from havn.tenancy.models import Centre, Service
from havn.vocabularies.api import terms_of


@dataclass(frozen=True)
class Need:
    """One kind of text: how many the language has of how many it should have, and the screen where they
    are written ("" for none).

    `of` is None where any number is right and only none at all is a gap.
    """

    label: str
    have: int
    of: int | None
    url_name: str

    @property
    def missing(self) -> bool:
        """Whether something is to be written, translated or approved."""
        return self.have == 0 if self.of is None else self.have < self.of


@dataclass(frozen=True)
class Spoken:
    """A language as the centre offers it. `answered` names the services whose people answer in it."""

    code: str
    name: str
    offered: bool
    first: bool
    may_be_formal: bool
    formal: bool
    answered: Sequence[str] = ()
    needs: Sequence[Need] = ()

    @property
    def missing(self) -> int:
        """How many kinds of text have a gap."""
        return sum(need.missing for need in self.needs)


NeedOf = Callable[[Centre, str], "Need | None"]
_needs: list[NeedOf] = []


def register_need(need_of: NeedOf) -> None:
    """`need_of(centre, language)` counts one kind of text; None where the centre has no such thing."""
    if need_of not in _needs:
        _needs.append(need_of)


def languages_at(centre: Centre) -> list[Spoken]:
    """All languages that Havn speaks to visitors: the centre's first, in its order, with what each lacks."""
    names = dict(settings.LANGUAGES)
    offered = [code for code in centre.languages if code in names]
    services = list(Service.objects.filter(organisation__centre=centre, kind="helpline").order_by("pk"))
    return [
        Spoken(
            code=code,
            name=str(names[code]),
            offered=code in offered,
            first=code == centre.default_language,
            may_be_formal=code in settings.FORMAL_LANGUAGES,
            formal=code in centre.formal_in,
            answered=[service.name for service in services if code in service.languages],
            needs=_needs_of(centre, code) if code in offered else (),
        )
        for code in [*offered, *sorted(names.keys() - set(offered), key=lambda code: str(names[code]).casefold())]
    ]


def _needs_of(centre: Centre, code: str) -> list[Need]:
    found = (need_of(centre, code) for need_of in [_approved, _topics, *_needs])
    return [need for need in found if need is not None]


def _approved(centre: Centre, language: str) -> Need | None:
    """English is the text as it was decided and needs no approval."""
    if language == ENGLISH:
        return None
    have = len(approved_keys(centre, language))
    return Need(_("Texts on safety that somebody approved"), have, len(safety_texts()), "centres:texts")


def _topics(centre: Centre, language: str) -> Need | None:
    terms = terms_of("topic", on=now().date())
    have = sum(language in term.labels for term in terms)
    return Need(_("Names of topics"), have, len(terms), "") if terms else None
