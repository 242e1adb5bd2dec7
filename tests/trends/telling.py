"""What the network tells in articles and releases, and how its readers have it."""

from collections.abc import Mapping
from typing import Any

from havn.accounts.models import User
from havn.releases import api as releases
from havn.releases.models import Dataset, Release
from havn.statistics.rules.periods import Kind, period_of
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from havn.trends.actions import articles as actions
from havn.trends.models import Article
from havn.trends.release_tables import network_table
from havn.trends.rules.quarters import Quarter
from tests.releases.factories import make_dataset
from tests.trends.factories import NOW, report

NET, QUARTERS = "*", [Quarter(2026, number) for number in (1, 2, 3, 4)]
CHANNELS = {"phone": 40, "chat": 30, "e-mail": 12, "web-form": 9, "other": 2}


def reported(four: list[Centre], quarter: Quarter, *changes: Mapping[str, int]) -> None:
    """Each centre's quarter by channel, a little different for each; `changes` in the order of the centres."""
    for at, centre in enumerate(four):
        numbers = {code: number + at for code, number in CHANNELS.items()} | (changes[at] if at < len(changes) else {})
        report(centre, quarter, total=sum(numbers.values()), channel=numbers)


def draft(coordinator: User, network: Centre, quarter: Quarter = NOW) -> Article:
    article = actions.draft_article(actor=coordinator, centre=network, quarter=quarter)
    run_due()
    article.refresh_from_db()
    return article


def publish(coordinator: User, article: Article) -> Article:
    actions.publish_article(actor=coordinator, article=article, looked=True)
    article.refresh_from_db()
    return article


def release(network: Centre, dimension: str, days: Any, dataset: Dataset | None = None, **fields: Any) -> Release:
    dataset = dataset or make_dataset(network, source=f"trends.{dimension}", measure=f"trends.{dimension}", **fields)
    table = network_table(dimension, days)
    assert table is not None
    return releases.publish(releases.prepare(dataset, table, first=days.first, last=days.last), None)


def quarter_days(quarter: Quarter = NOW) -> Any:
    return period_of(Kind.QUARTER, quarter.first)


def as_read(numbers: Mapping[str, Any], dimension: str, release: Release | None = None, *, lowest: int = 1) -> Any:
    """A list of an article as its readers have it, in the shape that the attacker reads; codes that it does not name
    are nothing. The key of the dimension is that of a release beside it."""
    codes = dict(numbers["parts"][dimension]["codes"])
    key = release.table["dimensions"][0]["key"] if release is not None else dimension
    listed = [one["code"] for one in release.table["dimensions"][0]["categories"]] if release is not None else []
    every = list(dict.fromkeys([*listed, *codes]))
    return {
        "lowest": lowest,
        "dimensions": [{"key": key, "categories": [{"code": code, "parent": ""} for code in every]}],
        "cells": [
            *({"codes": [code], "count": codes.get(code, 0)} for code in every),
            {"codes": [""], "count": numbers["total"]},
        ],
    }


def hidden_codes(table: Mapping[str, Any]) -> set[str]:
    return {cell["codes"][0] for cell in table["cells"] if cell["count"] is None}
