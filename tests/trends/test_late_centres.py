"""A helpline that comes late, or corrects itself: no difference of what is published is its own number."""

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.releases import api as releases
from havn.statistics.rules.periods import Kind, period_of
from havn.tenancy.models import Centre
from tests.trends.factories import NOW, country, report
from tests.trends.telling import (
    QUARTERS,
    draft,
    hidden_codes,
    publish,
    quarter_days,
    release,
    reported,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def test_one_late_centre_is_not_told_by_the_difference(
    network: Centre, four: list[Centre], coordinator: User
) -> None:  # fmt: skip
    """Neither by a second version, nor by another list of the same contacts, nor by an article, nor by the year."""
    for quarter in QUARTERS:
        reported(four, quarter)
    first = release(network, "channel", quarter_days())
    report(country("fi", "Finland"), NOW, total=190, channel={"phone": 95, "chat": 47, "e-mail": 48})
    for dimension, days, dataset in (
        ("channel", quarter_days(), first.dataset),
        ("person", quarter_days(), None),
        ("channel", period_of(Kind.YEAR, NOW.first), first.dataset),
    ):
        with pytest.raises(releases.Unsafe) as refused:
            release(network, dimension, days, dataset)
        assert refused.value.code == "few-changed"
    article = draft(coordinator, network)
    with pytest.raises(Refused, match=r"fewer than three centres.* It is about: Finland"):
        publish(coordinator, article)


def test_one_late_centre_is_not_told_by_the_fourth_quarter(network: Centre, four: list[Centre]) -> None:
    """Three quarters and the year are published; the fourth would be the year less three, but for the late one."""
    for quarter in QUARTERS:
        reported(four, quarter)
    quarters = [release(network, "channel", quarter_days(quarter)) for quarter in QUARTERS[:1]]
    dataset = quarters[0].dataset
    for quarter in QUARTERS[1:3]:
        release(network, "channel", quarter_days(quarter), dataset)
    release(network, "channel", period_of(Kind.YEAR, NOW.first), dataset)
    report(country("fi", "Finland"), QUARTERS[3], total=190, channel={"phone": 95, "chat": 47, "e-mail": 48})
    with pytest.raises(releases.Unsafe) as refused:
        release(network, "channel", quarter_days(QUARTERS[3]), dataset)
    assert (refused.value.code, refused.value.cells) == ("few-changed", [{"name": "Finland"}])


def test_what_each_centre_gave_is_in_no_file_and_on_no_page(network: Centre, four: list[Centre]) -> None:
    reported(four, NOW)
    found = release(network, "channel", quarter_days())
    assert found.given["at"] and found.given["be"]
    anyone = Client(headers={"host": "network.test"})
    base = f"/en/data/{found.dataset.key}"
    addresses = [base, f"{base}.jsonld", "/en/data/catalogue.jsonld", f"{base}/2026-q3/v1"]
    addresses += [f"{base}/2026-q3/v1.{kind}" for kind in ("csv", "json", "csv-metadata.json")]
    for address in addresses:
        answer = anyone.get(address)
        assert answer.status_code == 200, address
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = said.decode()
        # Austria gave 40 by phone, Belgium 41; the network's own number is their sum.
        assert '"given"' not in text and '"at"' not in text and ">41<" not in text and ",41," not in text, address


def test_three_late_centres_make_a_second_version_and_one_that_corrects_itself_none(
    network: Centre, four: list[Centre]
) -> None:  # fmt: skip
    reported(four, NOW)
    first = release(network, "channel", quarter_days())
    report(four[0], NOW, total=200, channel={"phone": 120, "chat": 80})
    with pytest.raises(releases.Unsafe, match="few-changed"):
        release(network, "channel", quarter_days(), first.dataset)
    for code, name, phone in (("fi", "Finland", 50), ("se", "Sweden", 60), ("lt", "Lithuania", 70)):
        report(country(code, name), NOW, total=phone + 40, channel={"phone": phone, "chat": 40})
    second = release(network, "channel", quarter_days(), first.dataset)
    assert second.version == 2 and set(second.given) > set(first.given)
    # Lithuania alone since the second version, though four have changed since the first.
    report(Centre.objects.get(slug="lt"), NOW, total=500, channel={"phone": 460, "chat": 40})
    with pytest.raises(releases.Unsafe, match="few-changed"):
        release(network, "channel", quarter_days(), first.dataset)


def test_one_code_that_one_centre_corrects_is_left_out_of_the_next_version(
    network: Centre, four: list[Centre]
) -> None:  # fmt: skip
    """Three corrected theirs, and of e-mails one alone."""
    reported(four, NOW)
    first = release(network, "channel", quarter_days())
    reported(four, NOW, {"phone": 60, "e-mail": 32}, {"phone": 60}, {"phone": 60}, {"phone": 65})
    second = release(network, "channel", quarter_days(), first.dataset)
    assert "e-mail" in hidden_codes(second.table)
    assert {"codes": ["e-mail"], "why": "small-change"} in second.log
