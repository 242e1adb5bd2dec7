"""What e-mail costs: how many are stored a second on one core, as they come out of a mailbox.

mail_per_s   e-mails read, joined or begun, sealed, counted and committed a second, ten at a time as they are fetched:
             two thirds begin a thread, with its keys, token and return code and a receipt in the outbox; a third
             answers one of ours, quoted below, and is cut down to its new words
"""

import json
import os
import subprocess
import sys
import time
from email.message import EmailMessage
from typing import Any

from bench import servers

AT_ONCE = 10
WORDS = "Someone at school shares a picture of me and I do not know what to do.\nCan you help me?\n\n"
QUOTED = "On Sun, Nov 29, 2026 at 3:12 PM The Helpline <help@centre.example> wrote:\n\n" + "> You are not alone.\n" * 30


def run(scratch: Any, quick: bool = False) -> dict[str, float]:
    """The figure, measured in a process of its own on core 0."""
    folder = servers.fresh(scratch / "mailbox")
    found = subprocess.run(
        ["taskset", "-c", servers.SERVER_CORE, sys.executable, "-m", "bench.mailbox", *(["--quick"] if quick else [])],
        cwd=servers.ROOT,
        env=servers.environment(folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(found.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Set up, measure, print as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    from havn.mailbox.models import MailThread
    from tests.helpline.factories import make_line
    from tests.mailbox.factories import make_box

    box = make_box(make_line())
    number = 300 if "--quick" in sys.argv else 3000
    _store(box, [_mail(one) for one in range(AT_ONCE)])
    tokens = [box.facts(thread).token for thread in MailThread.objects.all()]
    mails = [_mail(one, tokens[one % AT_ONCE] if one % 3 == 0 else "") for one in range(AT_ONCE, number + AT_ONCE)]
    begun = time.perf_counter()
    _store(box, mails)
    print(json.dumps({"mail_per_s": number / (time.perf_counter() - begun)}))


def _store(box: Any, mails: list[bytes]) -> None:
    for start in range(0, len(mails), AT_ONCE):
        taken = box.takes(*mails[start : start + AT_ONCE])
        if set(taken) - {"new", "again"}:
            raise RuntimeError("An e-mail was not stored.")


def _mail(number: int, token: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = f"Kim <kim{number}@home.example>"
    message["To"] = f"help+{token}@centre.example" if token else "help@centre.example"
    message["Subject"], message["Message-ID"] = f"Help {number}", f"<{number}@home.example>"
    message.set_content(WORDS + (QUOTED if token else "thank you\n" * 10))
    message.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    return message.as_bytes()


if __name__ == "__main__":
    main()
