"""A client that is slow on purpose."""

import socket
import time


def seconds_until_closed(port: int, first: bytes, limit: float, every: float = 0.5) -> float:
    """Send some bytes, then one more every so often, and see how long the door stays patient."""
    begun = time.monotonic()
    with socket.create_connection(("localhost", port), timeout=every) as line:
        line.sendall(first)
        while time.monotonic() - begun < limit:
            try:
                if first:
                    line.sendall(b"a")
                if line.recv(4096) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    return time.monotonic() - begun
