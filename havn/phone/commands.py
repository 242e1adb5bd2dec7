"""`havn phone asterisk`: tell Havn of the calls of an Asterisk.

A process of its own, on the machine of the telephones or any other; it needs no database. How to set it up is in
docs/how-to/connect-the-telephone.md.
"""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

from havn.common.errors import Refused
from havn.common.signatures import key_of
from havn.phone.asterisk.running import Asterisk
from havn.phone.asterisk.running import run as listen
from havn.phone.asterisk.sending import Sender
from havn.phone.asterisk.translating import Translator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one verb and its options. Password and secret are read from files: arguments are seen by everybody."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    asterisk = verbs.add_parser("asterisk", help="read Asterisk's REST interface and send signed events until stopped")
    asterisk.add_argument("--ari", default="http://127.0.0.1:8088/ari", help="REST interface (default: %(default)s)")
    asterisk.add_argument("--app", default="havn", help="the name to subscribe under (default: %(default)s)")
    asterisk.add_argument("--user", default="havn", help="the user in ari.conf (default: %(default)s)")
    asterisk.add_argument(
        "--ari-secret-file", type=Path, required=True, help="a file whose first line is their password there"
    )
    asterisk.add_argument("--hook", required=True, help="the address that Desk, Helpline, Phone shows")
    asterisk.add_argument("--secret-file", type=Path, required=True, help="a file whose first line is the secret")
    asterisk.add_argument(
        "--context", action="append", required=True, help="a dialplan context by which calls come in; may be repeated"
    )
    asterisk.add_argument(
        "--send-number", action="store_true", help="send callers' numbers too: Havn keeps a mark of each for a day"
    )


def run(options: argparse.Namespace) -> int:
    """Listen until SIGTERM or Ctrl C. Raises Refused for what cannot be right."""
    for name, address in (("--ari", options.ari), ("--hook", options.hook)):
        if urlsplit(address).scheme not in {"http", "https"}:
            raise Refused(f"{name} must be an address with http:// or https://.")
    try:
        key = key_of(_first_line(options.secret_file))
    except ValueError:
        raise Refused(f"{options.secret_file} holds no secret: its first line begins with whsec_.") from None
    asterisk = Asterisk(options.ari, options.app, options.user, _first_line(options.ari_secret_file))
    translator = Translator(options.context, send_number=options.send_number)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_until_stopped(asterisk, translator, Sender(options.hook, key, _tell)))
    return 0


async def _until_stopped(asterisk: Asterisk, translator: Translator, sender: Sender) -> None:
    task = asyncio.create_task(listen(asterisk, translator, sender, _tell))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    await task


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        raise Refused(f"Havn cannot read {path}.") from None


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
