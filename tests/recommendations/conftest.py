"""The world of recommendations."""

import pytest

from havn.recommendations.models import Factsheet
from tests.recommendations.factories import World, make_sheet, make_world


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def sheet(world: World) -> Factsheet:
    return make_sheet(world)
