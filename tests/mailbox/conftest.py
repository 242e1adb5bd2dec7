"""No keyring left from the test before, a helpline with a mailbox, and a real mail server to send with."""

import pytest

from havn.vocabularies.api import load_public
from tests.helpline.factories import Line, Person, make_line
from tests.mail.conftest import mail_server
from tests.mailbox.factories import Box, make_box
from tests.vault.conftest import _nothing_remembered

__all__ = ["_nothing_remembered", "mail_server"]


@pytest.fixture
def line(db: None) -> Line:
    load_public()
    return make_line()


@pytest.fixture
def box(line: Line) -> Box:
    return make_box(line)


@pytest.fixture
def anna(line: Line) -> Person:
    return line.counsellor()
