"""The migration that takes a helpline's lists over: what an installation has kept is there afterwards."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("helpline", "0001_initial"), ("vocabularies", None)]
AFTER = [("helpline", "0002_vocabularies_move"), ("vocabularies", "0001_initial")]


def migrate(to: list[Any]) -> Any:
    """The models as they are after migrating to this state."""
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state([node for node in to if node[1]]).apps


@pytest.fixture
def _newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.usefixtures("_newest_afterwards")
def test_the_rows_survive_the_move_and_the_way_back() -> None:
    old = migrate(BEFORE)
    vocabulary = old.get_model("helpline", "Vocabulary").objects.create(
        dimension="reason", code="own-reasons", valid_from=dt.date(2021, 1, 1), valid_to=dt.date(2023, 1, 1)
    )
    old.get_model("helpline", "VocabularyTerm").objects.create(
        vocabulary=vocabulary, code="oscec", labels={"en": "New", "nb": "Ny"}, former_label="Old", four_c="contact",
        definition="What it means", replaced_by="later", order=3,
    )  # fmt: skip

    new = migrate(AFTER)
    kept = new.get_model("vocabularies", "VocabularyTerm").objects.select_related("vocabulary").get()
    assert (kept.vocabulary.dimension, kept.vocabulary.code) == ("reason", "own-reasons")
    assert (kept.vocabulary.valid_from, kept.vocabulary.valid_to) == (dt.date(2021, 1, 1), dt.date(2023, 1, 1))
    assert (kept.code, kept.labels, kept.four_c) == ("oscec", {"en": "New", "nb": "Ny"}, "contact")
    assert (kept.definition, kept.replaced_by, kept.order) == ("What it means", "later", 3)
    assert kept.former_labels == [{"label": "Old", "language": "en", "until": None}]
    assert not {"helpline_vocabulary", "helpline_vocabularyterm"} & set(connection.introspection.table_names())
    # New rows find free numbers.
    again = new.get_model("vocabularies", "Vocabulary").objects.create(
        dimension="reason", code="more", valid_from=dt.date(2024, 1, 1)
    )
    assert again.pk != kept.vocabulary_id

    back = migrate([("helpline", "0001_initial"), ("vocabularies", "0001_initial")])
    returned = back.get_model("helpline", "VocabularyTerm").objects.get(code="oscec")
    assert (returned.former_label, returned.labels, returned.order) == ("Old", {"en": "New", "nb": "Ny"}, 3)
