"""The network, two centres that it asks, and a small form."""

import pytest

from havn.forms.models import FormVersion
from havn.tenancy.models import Centre
from tests.rounds.factories import NETWORK_HOST, make_form
from tests.tenancy.factories import make_centre, make_organisation


@pytest.fixture
def network(db: None) -> Centre:
    """The network's own centre."""
    centre = make_centre(
        host=NETWORK_HOST, kind=Centre.Kind.NETWORK, name="The network", country_code="EU", time_zone="Europe/Brussels"
    )
    make_organisation(centre)
    return centre


@pytest.fixture
def norway(db: None) -> Centre:
    """A centre at the test client's host."""
    centre = make_centre(name="Norway's centre")
    make_organisation(centre)
    return centre


@pytest.fixture
def finland(db: None) -> Centre:
    """Another centre, an hour further east."""
    centre = make_centre(
        host="finland.test", name="Finland's centre", country_code="FI", time_zone="Europe/Helsinki"
    )  # fmt: skip
    make_organisation(centre)
    return centre


@pytest.fixture
def version(db: None) -> FormVersion:
    """The small form, frozen, as it would come with Havn."""
    return make_form()
