"""The demo's one press: random passwords kept beside the database, and the conditions under which they open a door.

The demo's loader makes its people with `actions.make_member` and then calls `write_passwords`.
"""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from havn.accounts.models import Role
from havn.tenancy.queries import is_local_name, without_port

# Set by the front door alone, which lets no such header of a browser through.
PASSED_ON = "HTTP_X_HAVN_PASSED_ON"
# Whole sentences, because languages bend the word for the role.
BUTTONS: dict[str, str | Promise] = {
    Role.COUNSELLOR: gettext_lazy("Sign in as counsellor"),
    Role.SUPERVISOR: gettext_lazy("Sign in as supervisor"),
    Role.COORDINATOR: gettext_lazy("Sign in as coordinator"),
    Role.EDITOR: gettext_lazy("Sign in as editor"),
    Role.PUBLISHER: gettext_lazy("Sign in as publisher"),
    Role.DATA_OFFICER: gettext_lazy("Sign in as data officer"),
    Role.EARLY_WARNING: gettext_lazy("Sign in as member of the early-warning group"),
}


def passwords_file() -> Path:
    """Where they are, mode 0600."""
    return Path(settings.DATA) / "demo-passwords.json"


def new_password() -> str:
    """A random password for an invented person."""
    return secrets.token_urlsafe(18)


def write_passwords(people: Mapping[str, Mapping[str, tuple[str, str]]]) -> None:
    """Keep `{centre slug: {role: (username, password)}}`, replacing the file at once."""
    path = passwords_file()
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        as_text = {slug: {str(role): pair for role, pair in roles.items()} for slug, roles in people.items()}
        json.dump(as_text, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def sign_in_as(centre_slug: str, role: str) -> tuple[str, str] | None:
    """Username and password of the demo's person with this role, if there is one."""
    try:
        username, password = json.loads(passwords_file().read_text())[centre_slug][role]
    except (OSError, ValueError, KeyError):
        return None
    return username, password


def one_press_allowed(request: HttpRequest) -> bool:
    """Only in the demo, only when bound to loopback, only asked for by a local name, and by nobody in between.

    A proxy or tunnel on this machine may say "localhost" for the whole world. What it adds the front door takes off,
    and leaves `PASSED_ON` instead.
    """
    name = without_port(request.META.get("HTTP_HOST", ""))
    here = is_local_name(name) and PASSED_ON not in request.META
    return bool(settings.DEMO) and settings.FRONT == "loopback" and here


def buttons(request: HttpRequest) -> list[tuple[str, str]]:
    """(role, words) of the buttons to show; none where one press is not allowed."""
    if not one_press_allowed(request):
        return []
    slug = request.centre.slug  # type: ignore[attr-defined]
    return [(str(role), str(words)) for role, words in BUTTONS.items() if sign_in_as(slug, role)]
