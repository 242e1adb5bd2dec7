"""Every table of the database stands in the list of clocks, or in that of what stays, with its reason."""

import pytest
from django.apps import apps

import havn.config.urls  # noqa: F401 - what the web process registers
from havn.common import keeping
from havn.config.keeping import nightly
from havn.helpline.retention.tables import tables_about_conversations
from havn.tasks.schedule import entries
from tests.clocks.rows import all_rows

MODELS = sorted(model._meta.label for model in apps.get_models(include_auto_created=True))


def _told() -> list[str]:
    with_clock = [table for clock in keeping.clocks() for table in clock.tables]
    return with_clock + [table for kept in keeping.all_that_stays() for table in kept.tables]


@pytest.mark.parametrize("label", MODELS)
def test_every_table_has_a_clock_or_a_reason(label: str) -> None:
    told = _told()
    about_talks = {table.name for table in tables_about_conversations()}
    whole_app = f"{label.split('.')[0]}.*"
    assert label in told or whole_app in told or apps.get_model(label)._meta.db_table in about_talks


def test_the_list_names_no_table_that_there_is_not() -> None:
    known = {*MODELS, *(f"{config.label}.*" for config in apps.get_app_configs())}
    assert set(_told()) <= known


def test_our_own_tables_are_told_one_by_one() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("havn.")}
    whole = {table.split(".")[0] for table in _told() if table.endswith(".*")}
    # What editors publish is one kind of data, in a table for each kind of page.
    assert whole & ours == {"awareness"}


def test_what_has_a_clock_does_not_stay() -> None:
    stays = {table for kept in keeping.all_that_stays() for table in kept.tables}
    assert not stays & {table for clock in keeping.clocks() for table in clock.tables}


def test_every_clock_is_kept_by_work_that_returns_in_time() -> None:
    nightly.register()
    scheduled = {entry.name for entry in entries()}
    assert {clock.task for clock in keeping.clocks()} <= scheduled


def test_every_clock_is_proven() -> None:
    assert set(all_rows()) == {clock.name for clock in keeping.clocks()}


def test_a_name_is_given_once() -> None:
    one, other = keeping.clocks()[0], keeping.all_that_stays()[0]
    with pytest.raises(ValueError, match="already"):
        keeping.register_clock(keeping.Clock(one.name, (), str, str, "", lambda centre_id, at: 0))
    with pytest.raises(ValueError, match="already"):
        keeping.register_stays(keeping.Stays(other.name, (), str, str))
    assert keeping.clock_named(one.name) is one
