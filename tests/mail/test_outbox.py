"""Who sees what of the centre's e-mail."""

from typing import Any

import pytest

from havn.common.clock import now
from havn.config.keeping import health
from havn.config.keeping.health import Level
from havn.mail.api import send
from havn.mail.models import LetterOut
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.mail.conftest import Server
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def write(centre: Centre) -> None:
    send(centre=centre, to="kari@example.org", subject="Your place", text="See https://a.example", kind="test.letter")


def page(centre: Centre, role: str = "editor") -> str:
    organisation = centre.organisations.first() or make_organisation(centre)
    host = centre.hosts.get().host
    return signed_in_client(make_staff(organisation, role), host=host).get("/desk/outbox").content.decode()


def finding() -> health.Finding:
    return next(one for one in health.findings() if one.name == "E-mail")


def test_the_outbox_of_a_demonstration_shows_what_would_have_been_sent(centre: Centre, settings: Any) -> None:
    settings.DEMO = True
    write(centre)
    html = page(centre)
    assert "kari@example.org" in html
    assert "Your place" in html
    assert 'href="https://a.example"' in html


def test_outside_a_demonstration_nobody_reads_a_letter_on_the_desk(centre: Centre) -> None:
    write(centre)
    html = page(centre, "administrator")
    assert "kari" not in html
    assert "Your place" not in html
    assert "1 e-mail waits" in html
    assert "not set up" in html


def test_the_desk_counts_what_could_not_be_sent(centre: Centre, mail_server: Server) -> None:
    write(centre)
    LetterOut.objects.update(state="given-up", sealed=None, given_up_at=now())
    assert "1 e-mail of the last thirty days could not be sent" in page(centre)
    assert finding().level == Level.SOON


def test_the_outbox_is_the_centres_own(centre: Centre, settings: Any) -> None:
    settings.DEMO = True
    write(centre)
    assert "kari" not in page(make_centre(host="other.example"))


def test_a_counsellor_does_not_open_it(centre: Centre) -> None:
    client = signed_in_client(make_staff(make_organisation(centre), "counsellor"))
    assert client.get("/desk/outbox").status_code == 403


def test_health_says_that_e_mail_is_not_set_up_and_how_many_letters_wait(centre: Centre) -> None:
    write(centre)
    write(centre)
    assert finding().level == Level.SOON
    assert "2 letters wait" in finding().words


def test_health_is_content_where_letters_go(centre: Centre, mail_server: Server) -> None:
    assert finding().level == Level.GOOD
