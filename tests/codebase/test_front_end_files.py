"""Templates, scripts and styles: nothing inline, nothing from elsewhere, every import leads to a file."""

import re
from pathlib import Path

import pytest

from tests.codebase.places import HAVN, ROOT, name_of, ours

TEMPLATES = ours("*/templates/**/*.html")
SCRIPTS = ours("*/static/**/*.js")
STYLES = ours("*/static/**/*.css")
_IMPORT = re.compile(r"""(?:^|[\s;}])(?:import|export)\s*(?:[\w*{}\s,$]+\s+from\s*)?\(?\s*["']([^"']+)["']""")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_nothing_that_the_content_policy_forbids(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[^>]*\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"(href|src|action)\s*=\s*[\"']\s*javascript:", text, re.I)
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.S):
        if 'type="application/json"' not in attributes:
            assert "src=" in attributes, "inline script"
            assert not body.strip(), "inline script"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text()
    assert not re.search(
        r"<(?:script|img|link|iframe|audio|video|source)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", text
    )
    assert not re.search(r"<iframe|<object|<embed|http-equiv\s*=\s*[\"']?refresh[^>]*>(?!\s*</noscript)", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_every_import_of_a_script_leads_to_a_file(path: Path) -> None:
    served = path.parent.relative_to(_static_root(path))
    for target in _IMPORT.findall(_without_comments(path.read_text())):
        assert target.startswith("."), f"{target}: only relative imports work without a build"
        address = _normal(served, target)
        assert any((app / "static" / address).is_file() for app in HAVN.iterdir()), f"{target} is no file"


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_is_type_checked_and_uses_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("// @ts-check"), "the first line must be // @ts-check"
    code = _without_comments(text)
    for word in (
        r"\beval\(",
        r"new Function\(",
        r"\.innerHTML\s*=",
        r"insertAdjacentHTML",
        r"document\.write",
        r"https?://",
    ):
        assert not re.search(word, code), f"{word} in a script"


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_a_style_works_in_both_writing_directions_and_loads_nothing_from_elsewhere(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    physical = re.findall(
        r"(?:^|[\s;{])((?:margin|padding|border)-(?:left|right)|(?:left|right)\s*:|text-align:\s*(?:left|right))", text
    )
    assert not physical, "use inline-start and inline-end"
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", text)


def test_other_peoples_files_have_their_version_and_licence() -> None:
    folders = [path for root in (HAVN, ROOT / "tests") for path in root.glob("**/vendor/*") if path.is_dir()]
    assert folders
    for folder in folders:
        assert re.search(r"-\d+\.\d+", folder.name), f"{folder} names no version"
        assert any(path.name.upper().startswith("LICEN") for path in folder.iterdir()), f"{folder} has no licence"


def _static_root(path: Path) -> Path:
    return HAVN / path.relative_to(HAVN).parts[0] / "static"


def _normal(served: Path, target: str) -> str:
    parts: list[str] = []
    for part in [*served.parts, *target.split("/")]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", text, flags=re.S)
