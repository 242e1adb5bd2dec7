"""Pages that come and go by the clock."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from havn.awareness.models import ArticlePage
from havn.awareness.queries import visible_pages
from havn.awareness.tasks import follow_dates
from havn.common.clock import now
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = pytest.mark.django_db


def status(article: ArticlePage) -> int:
    """What a reader gets at its address."""
    return Client(headers={"host": "testserver"}).get(f"/nb/aktuelt/{article.slug}").status_code


def test_a_page_that_is_over_is_gone_at_its_hour_even_before_the_worker_comes() -> None:
    article = make_article(make_listing(make_site()))
    article.expire_at = now() + dt.timedelta(hours=1)
    article.save_revision().publish()
    assert status(article) == 200
    with time_machine.travel(now() + dt.timedelta(hours=2)):
        assert status(article) == 404
        assert not visible_pages().filter(pk=article.pk).exists()
        follow_dates.func()
        article.refresh_from_db()
        assert not article.live
        assert article.expired


def test_a_page_set_for_later_comes_by_itself() -> None:
    article = make_article(make_listing(make_site()), live=False)
    article.go_live_at = now() + dt.timedelta(hours=1)
    article.save_revision().publish()
    follow_dates.func()
    assert status(article) == 404
    with time_machine.travel(now() + dt.timedelta(hours=2)):
        follow_dates.func()
        assert status(article) == 200
