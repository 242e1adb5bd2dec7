"""Where the code lies, and the order of the apps."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HAVN = ROOT / "havn"
# Top down, as in .importlinter: each may know only what stands below it.
LAYERS = (
    "connections", "trends", "recommendations", "door", "mailbox", "handover", "limits", "quality", "letterbox",
    "phone", "supervision", "helpline", "awareness", "activities", "directory", "events",
    "rounds", "surveys", "forms", "releases", "centres", "vocabularies", "statistics",
    "live", "vault", "mail", "tasks", "accounts", "audit", "tenancy", "common",
)  # fmt: skip


def ours(pattern: str) -> list[Path]:
    """Files of the package that match, without those of other people (vendor)."""
    return sorted(path for path in HAVN.glob(pattern) if "vendor" not in path.parts and path.is_file())


def name_of(path: Path) -> str:
    """A path as a test id."""
    return path.relative_to(ROOT).as_posix()
