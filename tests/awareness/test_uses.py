"""Counting uses: sums by page and month, added up by whoever writes them, and nothing of who reads."""

import asyncio
import csv
import datetime as dt
import io
import threading
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from havn.awareness.actions.uses import add_uses
from havn.awareness.counting import uses as uses_of_pages
from havn.awareness.counting.used import last_months
from havn.awareness.counting.uses import Ledger
from havn.awareness.models import ArticlePage, PageUse
from havn.common.clock import now
from havn.common.counting import COUNT, read, written
from havn.config.counts import Counts
from havn.config.upstream import WebDown
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.full_pages import make_resource

MONTH = dt.date(2026, 3, 1)


def stored() -> list[tuple[int, dt.date, str, int]]:
    return list(PageUse.objects.order_by("page_id", "kind").values_list("page_id", "month", "kind", "count"))


@pytest.mark.django_db
def test_counts_add_up_and_a_page_that_is_gone_is_left_out() -> None:
    page = make_article(make_listing(make_site()))
    add_uses(uses={(page.pk, MONTH, "view"): 2, (page.pk, MONTH, "print"): 1, (10**6, MONTH, "view"): 5})
    add_uses(uses={(page.pk, MONTH, "view"): 3})
    add_uses(uses={})
    assert stored() == [(page.pk, MONTH, "print", 1), (page.pk, MONTH, "view", 5)]


@pytest.mark.django_db
def test_nothing_but_page_month_kind_and_count_is_stored() -> None:
    assert {field.name for field in PageUse._meta.get_fields()} == {"id", "page", "month", "kind", "count"}


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_add_up() -> None:
    listing = make_listing(make_site())
    pages = [make_article(listing).pk for _ in range(3)]
    failed: list[BaseException] = []

    def write(backwards: bool) -> None:
        try:
            for _ in range(10):
                add_uses(uses={(page, MONTH, "view"): 1 for page in (pages[::-1] if backwards else pages)})
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number % 2 == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert [count for *_, count in stored()] == [40, 40, 40]


@pytest.mark.django_db
def test_the_ledger_keeps_sums_in_memory_until_they_are_written() -> None:
    page = make_article(make_listing(make_site()))
    ledger = Ledger(every=3600)
    ledger.take({f"view-{page.pk}": 3, f"easy-{page.pk}": 1, "odd-1": 9, "view-x": 9, "view": 9})
    ledger.take({f"view-{page.pk}": 4})
    assert stored() == []
    ledger.write()
    first = now().date().replace(day=1)
    assert stored() == [(page.pk, first, "easy", 1), (page.pk, first, "view", 7)]
    ledger.write()
    assert len(stored()) == 2


@pytest.mark.django_db
def test_what_the_database_refuses_is_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_article(make_listing(make_site()))
    ledger = Ledger(every=3600)
    ledger.take({f"view-{page.pk}": 3})

    def refuse(**_: object) -> None:
        raise OperationalError("locked")

    with monkeypatch.context() as patch:
        patch.setattr(uses_of_pages, "add_uses", refuse)
        ledger.write()
    ledger.take({f"view-{page.pk}": 1})
    ledger.write()
    assert [count for *_, count in stored()] == [4]


@pytest.mark.django_db(transaction=True)
def test_sums_are_written_by_themselves_after_a_while() -> None:
    page = make_article(make_listing(make_site()))
    ledger = Ledger(every=0.05)
    ledger.take({f"view-{page.pk}": 2})
    timer = ledger._timer
    assert timer is not None
    timer.join(10)
    assert [count for *_, count in stored()] == [2]


@pytest.mark.django_db
def test_each_way_of_reading_is_named_and_web_itself_writes_nothing(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = make_resource(make_site())
    client = Client(headers={"host": "testserver"})
    for ending, kind in (("", "view"), ("/print.pdf", "print"), ("/pack.zip", "pack")):
        assert client.get(f"/nb/ressurser/venn{ending}").headers[COUNT] == f"{kind}-{page.pk}"
    assert COUNT not in client.get("/nb/ressurser").headers or client.get("/nb/ressurser").status_code == 200
    assert COUNT not in client.get("/nb/search").headers
    assert COUNT not in client.get("/nb/ingenting").headers
    assert stored() == []


def test_what_is_handed_over_is_names_and_numbers_only() -> None:
    sums = {"view-12": 3, "print-7": 1}
    assert written(sums) == "view-12=3,print-7=1"
    assert read(written(sums)) == sums
    assert read("view-1=1,view-1=2,=3,view-2=x,VIEW-3=1,view-4=-1,view-5=123456789,view 6=1") == {"view-1": 3}


class Web:
    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.down: WebDown | None = None

    async def __call__(self, request: bytes) -> None:
        if self.down:
            raise self.down
        self.asked.append(request)


def note(counts: Counts, *, method: str = "GET", signed_in: bool = False) -> list[tuple[bytes, bytes]]:
    headers = [(b"content-type", b"text/html"), (b"x-havn-count", b"view-12")]
    return counts.note({"method": method}, headers, signed_in=signed_in)


def test_the_front_door_counts_who_is_not_signed_in_and_strips_the_name() -> None:
    async def count() -> None:
        web = Web()
        counts = Counts(web, every=3600)
        for _ in range(3):
            assert note(counts) == [(b"content-type", b"text/html")]
        assert note(counts, method="HEAD") == [(b"content-type", b"text/html")]
        assert note(counts, signed_in=True) == [(b"content-type", b"text/html")]
        await counts.hand_over()
        await counts.hand_over()
        assert len(web.asked) == 1
        assert b"x-havn-sums: view-12=3\r\n" in web.asked[0]

    asyncio.run(count())


def test_sums_wait_while_web_is_not_there_and_are_never_told_twice() -> None:
    async def count() -> None:
        web = Web()
        counts = Counts(web, every=3600)
        note(counts)
        web.down = WebDown(sent=False)
        await counts.hand_over()
        web.down = None
        await counts.hand_over()
        assert b"view-12=1" in web.asked[0]
        note(counts)
        web.down = WebDown(sent=True)
        await counts.hand_over()
        web.down = None
        await counts.hand_over()
        assert len(web.asked) == 1

    asyncio.run(count())


def test_sums_are_handed_over_by_themselves() -> None:
    async def count() -> None:
        web = Web()
        counts = Counts(web, every=0.01)
        note(counts)
        await asyncio.sleep(0.1)
        assert len(web.asked) == 1
        note(counts)
        await asyncio.sleep(0.1)
        assert len(web.asked) == 2

    asyncio.run(count())


def test_months_go_back_over_the_new_year() -> None:
    assert last_months(dt.date(2026, 2, 28), 3) == [dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1)]


@pytest.mark.django_db
def test_an_editor_sees_the_counts_of_the_own_centre_and_takes_them_along() -> None:
    centre = make_site()
    listing = make_listing(centre)
    page = make_article(listing, title="Mest lest", slug="mest")
    ArticlePage.objects.filter(pk=page.pk).update(title="=cmd|' Mest lest")
    foreign = make_article(make_listing(make_site("other.test")), title="Fremmed")
    month = now().date().replace(day=1)
    add_uses(uses={(page.pk, month, "view"): 41, (page.pk, MONTH, "print"): 7, (foreign.pk, month, "view"): 99})
    client = signed_in_client(make_staff(centre, "editor"))
    screen = client.get("/en/desk/pages/uses").content.decode()
    assert "Mest lest" in screen
    assert ">41</td>" in screen
    assert ">7</td>" in screen
    assert "Fremmed" not in screen
    answer = client.get("/en/desk/pages/uses.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert rows[1][1] == "'=cmd|' Mest lest"
    assert {(row[0], row[4], row[5]) for row in rows[1:]} == {
        (f"{month:%Y-%m}", "Opened", "41"), ("2026-03", "PDF", "7"),
    }  # fmt: skip
    assert rows[1][3] == "http://testserver/nb/aktuelt/mest"


@pytest.mark.django_db
def test_before_anything_is_counted_the_screen_says_so_and_others_do_not_get_in() -> None:
    centre = make_site()
    assert (
        "Nothing has been counted"
        in signed_in_client(make_staff(centre, "publisher")).get("/en/desk/pages/uses").content.decode()
    )
    assert signed_in_client(make_staff(centre, "counsellor")).get("/en/desk/pages/uses").status_code == 403
    assert Client(headers={"host": "testserver"}).get("/en/desk/pages/uses").status_code == 302
