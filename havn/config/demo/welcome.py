"""What `havn demo` prints when it is ready: addresses, who can sign in, and what to try first."""

import json
import os

from django.conf import settings

from havn.accounts.demo import passwords_file
from havn.tenancy.models import Centre


def write_welcome() -> None:
    """Write it to the data folder (0600, it holds the demo's passwords). The port is put in when it is known."""
    path = settings.DATA / "run" / "welcome.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(_text())


def _text() -> str:
    people = json.loads(passwords_file().read_text())
    lines = [""]
    for centre in Centre.objects.hosted().order_by("-slug"):
        names = [host.host for host in centre.hosts.all()]
        name = "localhost" if "localhost" in names else min(names, key=lambda one: one.startswith("["))
        public = "a reader" if centre.kind == Centre.Kind.NETWORK else "a child "
        lines += [
            f"  {centre.name}",
            f"    {public}       http://{name}:PORT/",
            f"    the desk       http://{name}:PORT/desk",
        ]
        for role, (username, password) in people.get(centre.slug, {}).items():
            lines.append(f"    {role:<14} {username}  {password}")
        lines.append("")
    lines += [
        "  The sign-in page also has a button for each role: no typing, no second step.",
        "  Alone? `havn demo children` (or .venv/bin/havn demo children) plays children who chat with you.",
        "",
    ]
    return "\n".join(lines)
