"""PostgreSQL settings from one address, as DATABASE_URL gives it."""

from urllib.parse import parse_qs, unquote, urlsplit


def parse_postgres(url: str) -> dict[str, object]:
    """Django's settings for postgresql://user:password@host:port/name?host=/socket/dir. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgresql://, or be left out for the embedded database.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"server_side_binding": True, "pool": {"min_size": 1, "max_size": 20}},
    }
