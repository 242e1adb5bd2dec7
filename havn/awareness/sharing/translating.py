"""How far the translations of a centre's pages are, page by page and language by language."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from havn.awareness.kinds import page_models
from havn.awareness.queries import fronts_of
from havn.awareness.rules.translating import State, state_of
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Cell:
    """A page in one language. `number` is the page there, `source` the one to translate when there is none."""

    language: str
    state: State
    number: int | None
    source: int


@dataclass(frozen=True)
class Row:
    """A page in all languages of its centre."""

    title: str
    kind: str
    kind_label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """`counts` are of all rows, by language and state; `rows` those asked for."""

    languages: list[str]
    kinds: list[tuple[str, str]]
    counts: dict[str, Counter[State]]
    rows: list[Row]


def translation_matrix(centre: Centre, *, kind: str = "", state: str = "") -> Matrix:
    """Every page of the centre that was written in some language, by title; of one kind, or with one state in it."""
    languages = list(centre.languages)
    rows = sorted(_rows(centre, languages), key=lambda row: row.title.casefold())
    counts: dict[str, Counter[State]] = {language: Counter() for language in languages}
    for row in rows:
        for cell in row.cells:
            counts[cell.language][cell.state] += 1
    asked = [
        row for row in rows if kind in {"", row.kind} and (not state or any(cell.state == state for cell in row.cells))
    ]
    return Matrix(languages, sorted({(row.kind, row.kind_label) for row in rows}), counts, asked)


def _rows(centre: Centre, languages: list[str]) -> list[Row]:
    groups: dict[Any, dict[str, dict[str, Any]]] = {}
    for page in _pages(centre):
        groups.setdefault(page["translation_key"], {})[page["locale__language_code"]] = page
    sources = dict(
        TranslationSource.objects.filter(object_id__in=groups).values_list("object_id", "locale__language_code")
    )
    kinds = _kinds()
    rows = []
    for key, there in groups.items():
        first = min(there.values(), key=lambda page: page["pk"])
        source = there.get(sources.get(key, ""), first)
        kind = kinds.get(source["content_type_id"])
        if kind is not None:
            rows.append(Row(source["title"], *kind, [_cell(language, there, source) for language in languages]))
    return rows


def _pages(centre: Centre) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = []
    for front in fronts_of(centre):
        below: Any = Page.objects.descendant_of(front).filter(alias_of=None)
        pages += below.values(
            "pk", "title", "live", "translation_key", "locale__language_code", "last_published_at", "content_type_id"
        )
    return pages


def _cell(language: str, there: dict[str, dict[str, Any]], source: dict[str, Any]) -> Cell:
    page = there.get(language)
    if page is source:
        return Cell(language, State.SOURCE if page["live"] else State.DRAFT, page["pk"], source["pk"])
    state = state_of(
        is_there=page is not None,
        is_live=bool(page and page["live"]),
        published_at=page["last_published_at"] if page else None,
        source_published_at=source["last_published_at"] if source["live"] else None,
    )
    return Cell(language, state, page["pk"] if page else None, source["pk"])


def _kinds() -> dict[int, tuple[str, str]]:
    """Number of the content type -> model name and what people call it."""
    types = ContentType.objects.get_for_models(*page_models())
    return {row.pk: (model._meta.model_name or "", str(model._meta.verbose_name)) for model, row in types.items()}
