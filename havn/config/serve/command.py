"""`havn serve`: options, the checks a person can act on, and the processes to run."""

import argparse
import ipaddress
import os
import sys
import time
from pathlib import Path

from havn.common.errors import Refused
from havn.config.keeping.pending import finish_before_serving
from havn.config.serve import limits, sockets
from havn.config.serve.supervisor import Part, Supervisor

DEFAULT_PORT = 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`havn serve [--host] [--port] [--cert --key | --behind-proxy ADDRESS]`."""
    parser.add_argument("--host", default="", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=None, help=f"default: PORT, else {DEFAULT_PORT}")
    parser.add_argument("--cert", type=Path, help="certificate (PEM) for https without a proxy")
    parser.add_argument("--key", type=Path, help="private key (PEM) of the certificate")
    parser.add_argument(
        "--behind-proxy", metavar="ADDRESS", help="address of the proxy in front, such as 127.0.0.1: it is trusted"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped. Raises Refused with one sentence when the options or the machine forbid it."""
    begun = time.monotonic()
    _say_front(options)
    data = data_folder()
    os.environ["HAVN_DATA"] = str(data)
    limits.no_core_dumps()
    limits.raise_file_limit()
    hosts = (options.host,) if options.host else sockets.LOOPBACK
    port = options.port if options.port is not None else port_of_environment()
    kept = limits.only_one(data / "run" / "lock")
    finish_before_serving(data)
    public = sockets.listen(hosts, port)
    web = sockets.listen_unix(data / "run" / "web.sock")
    port = public[0].getsockname()[1]
    parts = [
        Part("live", "havn.config.live_app", {"public": public}),
        Part("web", "havn.config.web", {"web": [web]}),
        Part("worker", "havn.config.worker"),
    ]
    scheme = "https" if options.cert else "http"
    supervisor = Supervisor(parts, on_ready=lambda: _welcome(scheme, options.host, port, time.monotonic() - begun))
    with kept:
        return supervisor.run()


def _say_front(options: argparse.Namespace) -> None:
    """Check who may reach the port, and tell the processes through the environment."""
    if (options.cert is None) != (options.key is None):
        raise Refused("Give both --cert and --key, or neither.")
    for path in (options.cert, options.key):
        if path and not os.access(path, os.R_OK):
            raise Refused(f"Havn cannot read {path}.")
    if options.cert and options.behind_proxy:
        raise Refused("Give either --cert and --key, or --behind-proxy, not both.")
    if options.cert:
        os.environ.update(HAVN_FRONT="tls", HAVN_CERT=str(options.cert.resolve()), HAVN_KEY=str(options.key.resolve()))
    elif options.behind_proxy:
        try:
            proxy = str(ipaddress.ip_address(options.behind_proxy))
        except ValueError as error:
            raise Refused(f"--behind-proxy needs the proxy's IP address, not {options.behind_proxy}.") from error
        os.environ.update(HAVN_FRONT="proxy", HAVN_TRUSTED_PROXY=proxy)
    else:
        os.environ["HAVN_FRONT"] = "loopback"
        if options.host and not sockets.is_loopback(options.host):
            raise Refused(
                "Without --cert and --key or --behind-proxy, Havn serves this machine only: "
                "what children write must not cross a network in the clear."
            )


def data_folder() -> Path:
    """The folder of everything kept, made with its `run` folder (0700). Raises Refused when it can't be written."""
    data = Path(os.environ.get("HAVN_DATA") or Path.cwd() / ".data").resolve()
    try:
        for folder in (data, data / "run"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / "run" / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Refused(
            f"Havn cannot write to its data folder {data} ({error.strerror}). Name another one with HAVN_DATA."
        ) from error
    return data


def port_of_environment() -> int:
    """PORT, or the usual one. Raises Refused when it is no port."""
    text = os.environ.get("PORT", "") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise Refused(f"PORT must be a number below 65536, not {text}.")
    return int(text)


def _welcome(scheme: str, host: str, port: int, seconds: float) -> None:
    print(f"Havn is ready after {seconds:.1f} s.", flush=True)
    names = [host] if host else ["localhost", "127.0.0.1"]
    welcome = Path(os.environ["HAVN_DATA"]) / "run" / "welcome.txt"
    if os.environ.get("HAVN_DEMO") == "1" and welcome.exists():
        print(welcome.read_text().replace("PORT", str(port)), flush=True)
    else:
        for name in names:
            print(f"  {scheme}://{name}:{port}", flush=True)
    print("Ctrl-C stops it.", flush=True)
    sys.stdout.flush()
