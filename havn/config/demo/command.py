"""`havn demo`: make the demo and start it. `havn demo children`: invented children, to try the desk alone."""

import argparse
import os
import sys
import time

from havn.common.errors import Refused
from havn.config.serve import command as serve
from havn.config.serve import sockets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`havn demo [--port]` and `havn demo children [--url] [--count] [--minutes]`."""
    parser.add_argument("--port", type=int, default=None, help=f"default: PORT, else {serve.DEFAULT_PORT}")
    verbs = parser.add_subparsers(dest="verb", metavar="children")
    children = verbs.add_parser("children", help="play children who chat with you, against a running demo")
    children.add_argument("--url", default="", help="the demo's address (default: http://localhost and the port)")
    children.add_argument("--count", type=int, default=3, help="how many at the same time (1 to 20)")
    children.add_argument("--minutes", type=float, default=30, help="when to stop starting new ones")


def run(options: argparse.Namespace) -> int:
    """Prepare what is missing, saying what happens, then become `havn serve`."""
    port = options.port if options.port is not None else serve.port_of_environment()
    if options.verb == "children":
        from havn.config.demo import children

        return children.play(options.url or f"http://localhost:{port}", options.count, options.minutes)
    data = serve.data_folder()
    os.environ.update(HAVN_DATA=str(data), HAVN_DEMO="1", HAVN_FRONT="loopback")
    # Before the slow part: a taken port is said at once.
    for taken in sockets.listen(sockets.LOOPBACK, port):
        taken.close()
    print(f"Havn's demo, kept in {data}", flush=True)
    _prepare()
    sys.stdout.flush()
    # This process becomes the supervisor, without the memory that the preparation took.
    os.execv(  # noqa: S606 - our own interpreter, no shell
        sys.executable, [sys.executable, "-m", "havn", "serve", "--port", str(port)]
    )


def _prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from havn.config.database import bring_up_to_date, is_behind
    from havn.config.demo.welcome import write_welcome
    from havn.tenancy.models import Centre

    begun = time.monotonic()
    if is_behind():
        print("Making the database …", flush=True)
        bring_up_to_date()
    if Centre.objects.hosted().filter(is_demo=False).exists():
        raise Refused("This data folder holds a real centre. Name another one with HAVN_DATA to try the demo.")
    if not Centre.objects.hosted().exists():
        print("Inventing two centres, their people and some talks …", flush=True)
    from havn.config.demo.load import load_demo

    load_demo()
    write_welcome()
    print(f"Prepared in {time.monotonic() - begun:.1f} s. Starting …", flush=True)
