"""The floor of kept pages: the same Django answers, kept in a dictionary of the process that serves them."""

from typing import Any

from havn.config.wsgi import application as django

_kept: dict[tuple[str, str, str, bool], tuple[str, list[tuple[str, str]], list[bytes]]] = {}


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """As bare as it can be: no clock, no cookie, no limit, nothing that empties it."""
    key = (
        environ["HTTP_HOST"],
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
    )
    found = _kept.get(key)
    if found is None:
        said: list[Any] = []
        body = b"".join(django(environ, lambda status, headers, *_: said.extend((status, headers))))  # type: ignore[arg-type]
        headers = [pair for pair in said[1] if pair[0].lower() != "content-length"]
        found = _kept[key] = (said[0], [*headers, ("Content-Length", str(len(body)))], [body])
    start_response(found[0], found[1])
    return found[2]
