"""Real IMAP servers on the machine itself: pymap always, Dovecot where it is installed."""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from havn.mailbox.queries.connection import Place
from tests.server import free_port

USER, PASSWORD = "help", "correct-horse"
DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
FOUND = ["pymap", *(["dovecot"] if DOVECOT else [])]


@dataclass
class ImapServer:
    """A server with one empty mailbox."""

    port: int

    @property
    def place(self) -> Place:
        return Place("127.0.0.1", self.port, "none", USER, PASSWORD, "INBOX", keeps=False)

    def deliver(self, *raws: bytes) -> None:
        """As the mail server beside it does."""
        with self._client() as client:
            for raw in raws:
                client.append("INBOX", raw)

    def lying(self) -> list[bytes]:
        """What lies in the mailbox, read or not."""
        with self._client() as client:
            client.select_folder("INBOX")
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            return [one[b"BODY[]"] for one in found.values()]

    def empty(self) -> None:
        """Nothing lies there any more."""
        with self._client() as client:
            client.select_folder("INBOX")
            client.delete_messages(client.search())
            client.expunge()

    @contextmanager
    def _client(self) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=10) as client:
            client.login(USER, PASSWORD)
            yield client


@contextmanager
def serving(name: str) -> Iterator[ImapServer]:
    """One of `FOUND`, until the block ends."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = _pymap(port) if name == "pymap" else _dovecot(Path(folder), port)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            server = ImapServer(port)
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(10)


def _pymap(port: int) -> list[str]:
    program = Path(sys.executable).parent / "pymap"
    return [str(program), "--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict",
            "--demo-user", USER, "--demo-password", PASSWORD]  # fmt: skip


def _dovecot(folder: Path, port: int) -> list[str]:
    """A configuration of its own: nothing of the machine's is read or changed."""
    root = os.geteuid() == 0
    me = getpass.getuser()
    mail_user = "mail" if root else me
    for path in (folder, folder / "mail"):
        path.mkdir(exist_ok=True)
        path.chmod(0o777)
    users = "" if root else f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {me}\n"
    settings = folder / "dovecot.conf"
    settings.write_text(
        f"base_dir = {folder}/run\nlog_path = {folder}/log\nprotocols = imap\nlisten = 127.0.0.1\nssl = no\n"
        f"disable_plaintext_auth = no\nfirst_valid_uid = 1\n{users}mail_location = maildir:{folder}/mail/%u\n"
        f"mail_uid = {mail_user}\nmail_gid = {mail_user}\n"
        f"passdb {{\n driver = static\n args = password={PASSWORD}\n}}\n"
        f"userdb {{\n driver = static\n args = uid={mail_user} gid={mail_user} home={folder}/mail/%u\n}}\n"
        f"service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {port}\n }}\n"
        " inet_listener imaps {\n  port = 0\n }\n}\nservice anvil {\n chroot =\n}\n"
    )
    return [str(DOVECOT), "-F", "-c", str(settings)]


def _wait_for(server: ImapServer, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The IMAP server does not answer.")
        time.sleep(0.1)


def _answers(server: ImapServer) -> bool:
    try:
        server.empty()
    except (OSError, IMAPClientError):
        return False
    return True
