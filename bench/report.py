"""The table in the README: each figure beside what it must reach and its floor from the same run."""

import re
from collections.abc import Mapping
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
_PLACE = re.compile(r"<!-- bench -->.*?<!-- /bench -->", re.DOTALL)

# key, what it is, what it must reach, the key of its floor
ROWS = (
    ("chat_ratio", "server CPU of a bare toy's durable message ÷ ours, 64 in flight", "≥ 0.50", "floor_chat_us"),
    ("chat_per_s", "durable messages a second through the real endpoints, one core", "≥ 5,000", "floor_chat_per_s"),
    ("chat_p50_ms", "delivery, 200 talks, a message each 5 s", "≤ 8", ""),
    ("chat_p99_ms", "the same, 99th percentile", "≤ 30", ""),
    ("chat_lost", "messages lost with a forced reconnect every 10 s", "0", ""),
    ("chat_p99_under_pages_ms", "100 messages/s under pages and a purge", "≤ 25", "floor_chat_p99_quiet_ms"),
    ("streams_10k_p99_ratio", "p99 with 10,000 waiting ÷ with 200", "≤ 3", ""),
    ("kb_per_stream", "memory of an open stream, KB", "≤ 25", ""),
    ("start_ratio", "chat starts ÷ single-row ORM transactions", "≥ 0.20", "floor_orm_per_s"),
    ("idle_mb", "memory of all processes with the demo, MB", "≤ 260", ""),
    ("ready_s", "second start to first page, seconds", "≤ 5", ""),
    (
        "page_ratio",
        "an uncached article a second through the front door ÷ by granian WSGI",
        "≥ 0.70",
        "floor_page_per_s",
    ),
    ("page_cached_ratio", "the same, kept ÷ granian with it in its own memory", "≥ 0.50", "floor_page_cached_per_s"),
    ("page_rush_renders", "times a cold page is made for 100 readers at once", "1", ""),
    ("directory_ms", "open now over 45 centres, p95", "≤ 20", ""),
    ("search_ms", "search in 10,000 pages in 5 languages, p95", "≤ 60", ""),
    ("letters_list_ms", "first pages of the list of 50,000 letters, p95", "≤ 50", ""),
    ("desk_ms", "the desk with 500 open talks and 1,000 waiting, p95", "≤ 100", ""),
    ("mail_per_s", "e-mails read, sealed and stored a second, one core", "≥ 100", ""),
    ("contact_insert_ratio", "contacts counted with their figures ÷ without", "≥ 0.70", ""),
    ("quarter_ms", "a quarter's report over 10 million contacts, p95", "≤ 10", ""),
    ("suppress_s", "a release of 16 × 5 left out and audited", "≤ 1", ""),
    ("trend_ms", "ten years of 30 reasons of 40 centres, p95", "≤ 50", ""),
    ("form_us", "server's check of a form with 30 questions, µs", "≤ 200", ""),
    ("page_kb", "first public view, compressed KB", "≤ 60", ""),
    ("first_paint_ms", "first paint on a slow phone and line, ms", "≤ 1,500", "floor_first_paint_ms"),
)


def table(figures: Mapping[str, float]) -> str:
    """The figures that were measured, as Markdown."""
    lines = ["| key | what | must reach | measured | floor |", "|---|---|---|---|---|"]
    for key, what, goal, floor in ROWS:
        if key in figures:
            beside = _shown(figures[floor]) if floor in figures else ""
            lines.append(f"| `{key}` | {what} | {goal} | {_shown(figures[key])} | {beside} |")
    return "\n".join(lines)


def write(figures: Mapping[str, float]) -> None:
    """Put the table into its place in the README."""
    text = README.read_text(encoding="utf-8")
    README.write_text(_PLACE.sub(f"<!-- bench -->\n{table(figures)}\n<!-- /bench -->", text), encoding="utf-8")


def _shown(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".")
