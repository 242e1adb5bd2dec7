"""What the demo's profiles are built of."""


def section(kind: str, *paragraphs: str) -> tuple[str, str]:
    return (kind, "".join(f"<p>{one}</p>" for one in paragraphs))


def partners(kind: str, *names: tuple[str, str]) -> tuple[str, object]:
    return ("group", {"kind": kind, "names": [{"name": name, "url": url} for name, url in names]})
