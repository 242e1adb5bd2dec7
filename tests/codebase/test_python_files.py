"""Modules, migrations and commands: what import-linter and ruff cannot see."""

import ast
import importlib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from havn.config.command import TABLE
from tests.codebase.places import LAYERS, ROOT, name_of, ours

MODULES = [path for path in ours("**/*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_and_stays_readable(path: Path) -> None:
    text = path.read_text()
    if not text.strip():
        return
    assert ast.get_docstring(ast.parse(text)), "the first line says what the module is for"
    assert text.count("\n") <= 420, "longer than anyone reads: make it a package"
    for word in ("TODO", "FIXME", "XXX", "HACK"):
        assert word not in text


@pytest.mark.django_db  # a migration of the editor asks the database what it can do
def test_migrations_follow_the_order_of_the_apps() -> None:
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    for key, node in graph.node_map.items():
        if key[0] not in LAYERS:
            continue
        for parent in node.parents:
            if parent.key[0] in LAYERS and parent.key[0] != key[0]:
                assert LAYERS.index(parent.key[0]) > LAYERS.index(key[0]), f"{key} depends on {parent.key} above it"


def test_models_point_down_only() -> None:
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            other = field.related_model if field.concrete else None
            if not isinstance(other, type) or here not in LAYERS or other._meta.app_label not in LAYERS:
                continue
            assert LAYERS.index(other._meta.app_label) >= LAYERS.index(here), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("word", TABLE)
def test_every_command_opens(word: str) -> None:
    module = importlib.import_module(TABLE[word].module)
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_no_file_names_a_machine_or_asks_for_a_secret_in_an_argument() -> None:
    for path in [*MODULES, *ROOT.glob("tools/*"), *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        if path.is_file():
            text = path.read_text()
            for word in ("/work/" + "main", "/root" + "/", "--pass" + "word"):
                assert word not in text, f"{word} in {name_of(path)}"
