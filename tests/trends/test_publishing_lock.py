"""While something is published nobody else can write: nothing is worked out then, however much was published before."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.releases import api as releases
from havn.releases import queries
from havn.releases.models import Release
from havn.tenancy.models import Centre
from havn.trends import auditing, told
from havn.trends.actions import articles as actions
from havn.trends.models import Article, ArticleText
from havn.trends.release_tables import network_table
from tests.releases.factories import make_dataset
from tests.trends.factories import BEFORE, NOW
from tests.trends.telling import draft, publish, quarter_days, release, reported

pytestmark = pytest.mark.django_db


def within(captured: CaptureQueriesContext) -> list[str]:
    """What was asked between the beginning of the transaction and its end."""
    asked = [one["sql"] for one in captured.captured_queries]
    marks = [at for at, sql in enumerate(asked) if "SAVEPOINT" in sql]
    return [sql for sql in asked[marks[0] : marks[-1]] if "SAVEPOINT" not in sql]


def prepared(network: Centre, dimension: str) -> Any:
    measure = f"trends.{dimension}"
    table = network_table(dimension, quarter_days())
    assert table is not None
    dataset = make_dataset(network, source=measure, measure=measure)
    return releases.prepare(dataset, table, first=NOW.first, last=NOW.last)


def test_the_lock_holds_no_audit_and_does_not_grow_with_what_was_published(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    asked = []
    for quarter in (BEFORE, NOW):
        reported(four, quarter)
        article = draft(coordinator, network, quarter)
        with CaptureQueriesContext(connection) as captured:
            publish(coordinator, article)
        asked.append(within(captured))
    channels = prepared(network, "channel")
    with CaptureQueriesContext(connection) as captured:
        releases.publish(channels, None)
    assert len(asked[0]) == len(asked[1]) <= 12
    assert len(within(captured)) <= 12
    for sql in (*asked[0], *asked[1], *within(captured)):
        assert "trends_fact" not in sql and "trends_reported" not in sql, sql


def test_what_can_be_read_beside_it_is_known_without_building_a_table(
    network: Centre, four: list[Centre], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(four, BEFORE)
    reported(four, NOW)
    far = publish(coordinator, draft(coordinator, network, BEFORE))
    near = publish(coordinator, draft(coordinator, network))
    built: list[str] = []
    real = told.list_told
    monkeypatch.setattr(told, "list_told", lambda key, *args, **more: built.append(key) or real(key, *args, **more))
    assert auditing.against_now(network, near.figures)["channel"] == [f"article {near.pk}.0"]
    assert built == []
    prepared(network, "channel")
    assert built == [f"article {near.pk}.0"]
    assert {one.key for one in told.seen("trends.channel")} == {f"article {far.pk}.0", f"article {near.pk}.0"}


def test_a_release_that_comes_while_the_article_is_looked_at_stops_it(
    network: Centre, four: list[Centre], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(four, NOW)
    article = draft(coordinator, network)

    def meanwhile(*args: object) -> list[str]:
        release(network, "channel", quarter_days())
        return []

    monkeypatch.setattr(actions, "languages_marked", meanwhile)
    with pytest.raises(Refused, match="Something else was published"):
        actions.publish_article(actor=coordinator, article=article)
    assert Article.objects.get().state == "draft"


def test_words_that_change_while_the_article_is_looked_at_are_not_published_unseen(
    network: Centre, four: list[Centre], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(four, NOW)
    article = draft(coordinator, network)

    def meanwhile(*args: object) -> list[str]:
        text = ArticleText.objects.filter(article=article).earliest("pk")
        actions.save_text(
            actor=coordinator, article=article, language=text.language, title="About 9 000", parts=text.parts,
            seen_version=text.version,
        )  # fmt: skip
        return []

    monkeypatch.setattr(actions, "languages_marked", meanwhile)
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.publish_article(actor=coordinator, article=article)
    assert Article.objects.get().state == "draft"


def test_an_article_that_comes_while_a_release_is_looked_at_stops_it(
    network: Centre, four: list[Centre], coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is a draft again by then: whoever read it has it still."""
    reported(four, NOW)
    article = draft(coordinator, network)
    channels = prepared(network, "channel")
    real = queries.read_together

    def meanwhile(*args: Any, **more: Any) -> list[str]:
        found = real(*args, **more)
        monkeypatch.setattr(queries, "read_together", real)
        publish(coordinator, article)
        actions.withdraw_article(actor=coordinator, article=article)
        return found

    monkeypatch.setattr(queries, "read_together", meanwhile)
    with pytest.raises(Refused, match="Something else was published"):
        releases.publish(channels, None)
    assert not Release.objects.exists()
