"""The release id that stands in the address of every static file, so that browsers may keep them for ever."""

import hashlib
from importlib.util import find_spec
from pathlib import Path


def release_of(package: Path, version: str) -> str:
    """The version, with a mark that changes whenever a static file of the package does. The same in every process."""
    marks = hashlib.sha256()
    for path in sorted(package.glob("*/static/**/*")):
        if path.is_file():
            marks.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version}-{marks.hexdigest()[:8]}"


def static_folders(apps: list[str]) -> list[Path]:
    """The folders of static files of these apps, found without importing them."""
    places = []
    for app in apps:
        first, *rest = app.split(".")
        spec = find_spec(first)
        for place in (spec.submodule_search_locations or []) if spec else []:
            folder = Path(place, *rest, "static")
            if folder.is_dir():
                places.append(folder)
    return places
