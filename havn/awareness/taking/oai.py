"""A centre's pages for harvesters: the answers of OAI-PMH 2.0 (openarchives.org/OAI/2.0/openarchivesprotocol.htm).

Stateless: a resumption token holds where a list goes on, signed, so that a changed one is refused. A page that is taken
back is simply gone (`deletedRecord` is "no"): we keep no list of what was withdrawn.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from havn.awareness.models import EditorialPage, FrontPage, ListingPage, PageTerm, ResourcePage
from havn.awareness.queries import Pages, visible_pages
from havn.tenancy.models import Centre

PER_LIST = 50
GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
DUBLIN_CORE, LOM = "oai_dc", "oai_lom"
_SALT = "havn.awareness.taking.oai"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_LIST = frozenset({"metadataPrefix", "from", "until", "set"})
_MAY: dict[str, frozenset[str]] = {
    "Identify": frozenset(),
    "ListMetadataFormats": frozenset({"identifier"}),
    "ListSets": frozenset({"resumptionToken"}),
    "ListIdentifiers": _LIST | {"resumptionToken"},
    "ListRecords": _LIST | {"resumptionToken"},
    "GetRecord": frozenset({"identifier", "metadataPrefix"}),
}
_MUST = {
    "ListIdentifiers": {"metadataPrefix"},
    "ListRecords": {"metadataPrefix"},
    "GetRecord": {"identifier", "metadataPrefix"},
}


class OaiError(Exception):
    """One of the protocol's own errors. `code` is its word, the message a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Wish:
    """What is asked for, read and found in order."""

    verb: str
    prefix: str = ""
    identifier: str = ""
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    of_set: str = ""
    after: tuple[dt.datetime, int] | None = None
    cursor: int = 0
    resumed: bool = False


@dataclass(frozen=True)
class Listed:
    """One list: its pages, and how it goes on (`token` "" at the end)."""

    pages: list[EditorialPage]
    token: str
    cursor: int
    total: int


def wish_of(asked: Mapping[str, list[str]]) -> Wish:
    """Read the arguments. Raises OaiError for what the protocol does not know or not allow together."""
    verbs = asked.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in _MAY:
        raise OaiError("badVerb", "The verb is missing, given twice, or not one of the six.")
    verb = verbs[0]
    given = {name: values for name, values in asked.items() if name != "verb"}
    for name, values in given.items():
        if name not in _MAY[verb]:
            raise OaiError("badArgument", "An argument is not one of this verb.")
        if len(values) != 1 or not values[0] or "\x00" in values[0]:
            raise OaiError("badArgument", f"{name} is empty, given twice, or cannot be read.")
    one = {name: values[0] for name, values in given.items()}
    if "resumptionToken" in one:
        if len(one) > 1:
            raise OaiError("badArgument", "A resumptionToken comes alone.")
        return _resumed(verb, one["resumptionToken"])
    if missing := _MUST.get(verb, set()) - one.keys():
        raise OaiError("badArgument", f"Missing: {', '.join(sorted(missing))}.")
    since, before = _window(one.get("from", ""), one.get("until", ""))
    if one.get("metadataPrefix", DUBLIN_CORE) not in {DUBLIN_CORE, LOM}:
        raise OaiError("cannotDisseminateFormat", "There are oai_dc and oai_lom.")
    return Wish(
        verb, one.get("metadataPrefix", ""), one.get("identifier", ""), since, before, one.get("set", ""),
    )  # fmt: skip


def harvestable(centre: Centre) -> Pages:
    """What is given out: visible pages that say something themselves, so no fronts and no lists."""
    pages = visible_pages(centre).not_type(FrontPage, ListingPage)
    return pages.filter(last_published_at__isnull=False)


def listed(centre: Centre, wish: Wish) -> Listed:
    """The next pages by the time of their last publication. Raises OaiError when there are none."""
    pages = harvestable(centre)
    if wish.prefix == LOM:
        pages = pages.type(ResourcePage)
    if wish.of_set:
        dimension, _, code = wish.of_set.partition(":")
        pages = pages.filter(pk__in=PageTerm.objects.filter(dimension=dimension, code=code[:50]).values("page_id"))
        if dimension not in {"kind", "section"}:
            pages = pages.none()
    if wish.since:
        pages = pages.filter(last_published_at__gte=wish.since)
    if wish.before:
        pages = pages.filter(last_published_at__lt=wish.before)
    total = pages.count()
    if wish.after:
        when, number = wish.after
        pages = pages.filter(Q(last_published_at__gt=when) | Q(last_published_at=when, pk__gt=number))
    ordered = pages.order_by("last_published_at", "pk").select_related("locale")
    found: list[EditorialPage] = list(ordered[: PER_LIST + 1].specific())
    if not found and not wish.resumed:
        raise OaiError("noRecordsMatch", "No page fits what was asked for.")
    shown = found[:PER_LIST]
    token = _token(wish, shown[-1], wish.cursor + len(shown)) if len(found) > PER_LIST else ""
    return Listed(shown, token, wish.cursor, total)


def page_named(centre: Centre, identifier: str) -> EditorialPage:
    """The page of an identifier. Raises OaiError when nothing of this centre is called so."""
    rest = identifier.rpartition(":")[2]
    uuid, _, language = rest.partition("/")
    try:
        key = UUID(uuid)
    except ValueError:
        key = None
    pages = harvestable(centre).filter(translation_key=key, locale__language_code=language[:10]) if key else None
    page = pages.select_related("locale").specific().first() if pages is not None else None
    if page is None or identifier != identifier_of(centre, page):
        raise OaiError("idDoesNotExist", "Nothing here is called so.")
    found: EditorialPage = page
    return found


def identifier_of(centre: Centre, page: EditorialPage) -> str:
    """The page's name for ever, whatever its address becomes (OAI's guidelines for identifiers)."""
    return f"oai:{repository_of(centre)}:{page.translation_key}/{page.language}"


def repository_of(centre: Centre) -> str:
    """The centre's first host name: identifiers stay when another is added."""
    host = centre.hosts.order_by("pk").values_list("host", flat=True).first()
    return str(host or f"{centre.slug}.invalid")


def formats_of(page: EditorialPage | None) -> list[str]:
    """The formats that a page, or (None) any page, is given out in."""
    return [DUBLIN_CORE, LOM] if page is None or isinstance(page, ResourcePage) else [DUBLIN_CORE]


def sets_of(centre: Centre) -> list[str]:
    """The sets that have a page in them: by kind and by section."""
    pages = harvestable(centre).order_by().values("pk")
    return sorted(f"{dimension}:{code}" for dimension, code in _terms(PageTerm.objects.filter(page__in=pages)))


def sets_with(pages: list[EditorialPage]) -> dict[int, list[str]]:
    """The sets of each page, by its number."""
    found: dict[int, list[str]] = {page.pk: [] for page in pages}
    rows = PageTerm.objects.filter(page_id__in=found, dimension__in=("kind", "section")).order_by("dimension")
    for number, dimension, code in rows.values_list("page_id", "dimension", "code"):
        found[number].append(f"{dimension}:{code}")
    return found


def earliest(centre: Centre) -> dt.datetime | None:
    """When the oldest of the pages was last published."""
    found: dt.datetime | None = (
        harvestable(centre).order_by("last_published_at").values_list("last_published_at", flat=True).first()
    )
    return found


def stamp(moment: dt.datetime) -> str:
    """A time as the protocol writes it."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _terms(rows: QuerySet[PageTerm]) -> set[tuple[str, str]]:
    return set(rows.filter(dimension__in=("kind", "section")).values_list("dimension", "code"))


def _window(since: str, until: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From (included) and the first moment after until; both of one granularity."""
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until are of different granularity.")
    first, last = _moment(since), _moment(until)
    if first and last and first > last:
        raise OaiError("badArgument", "from is later than until.")
    if last is not None:
        try:
            last += dt.timedelta(days=1) if len(until) == 10 else dt.timedelta(seconds=1)
        except OverflowError:
            last = None
    return first, last


def _moment(text: str) -> dt.datetime | None:
    if not text:
        return None
    if not _DAY.fullmatch(text) and not _SECOND.fullmatch(text):
        raise OaiError("badArgument", f"A time is written {GRANULARITY} or YYYY-MM-DD.")
    try:
        return dt.datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=dt.UTC)
    except ValueError:
        raise OaiError("badArgument", "There is no such time.") from None


def _token(wish: Wish, last: EditorialPage, cursor: int) -> str:
    assert last.last_published_at is not None
    data: list[Any] = [
        wish.verb, wish.prefix, wish.of_set, _iso(wish.since), _iso(wish.before),
        last.last_published_at.isoformat(), last.pk, cursor,
    ]  # fmt: skip
    return signing.dumps(data, salt=_SALT, compress=True)


def _resumed(verb: str, token: str) -> Wish:
    try:
        meant, prefix, of_set, since, before, when, number, cursor = signing.loads(token[:2000], salt=_SALT)
    except (signing.BadSignature, ValueError):
        meant = ""
    if meant != verb or not verb:
        raise OaiError("badResumptionToken", "This resumptionToken is none of ours for this verb.")
    after = (dt.datetime.fromisoformat(when), int(number))
    return Wish(verb, prefix, "", _read(since), _read(before), of_set, after, cursor, resumed=True)


def _iso(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _read(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
