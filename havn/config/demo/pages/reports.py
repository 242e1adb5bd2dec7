"""Reports on a period of the project: the periods are those of real projects, the words are invented."""

import datetime as dt

from havn.config.demo.pages.text import Text, words

_PERIOD: dict[str, object] = {"period_start": dt.date(2022, 4, 1), "period_end": dt.date(2024, 3, 31)}

NORWAY_NB = (
    Text(
        "report", "report", "rapport-2022-2024", "Dette gjorde senteret fra 2022 til 2024",
        "En kort rapport om to år med opplysning, hjelpelinje og tipsmottak. Tallene er utelatt i demonstrasjonen.",
        (
            ("heading", "Opplysning"),
            words("Vi laget opplegg til skolen, skrev råd til foreldre og feiret trygg bruk-dagen to ganger."),
            ("heading", "Hjelpelinjen"),
            words("Barn og unge skrev og ringte hver dag, også i feriene."),
            ("heading", "Det vi lærte"),
            words("Barn vil bli spurt før de voksne lager regler."),
        ),
        "media-authority",
        under="learn",
        more={**_PERIOD, "project": "Norges senter for trygg bruk (prosjektet er ikke navngitt i demonstrasjonen)"},
    ),
)  # fmt: skip

NORWAY_EN = (
    Text(
        "report", "report", "report-2022-2024", "What the centre did from 2022 to 2024",
        "A short report on two years of awareness, helpline and hotline. Numbers are left out of the demonstration.",
        (
            ("heading", "Awareness"),
            words("We made lessons for schools, wrote advice for parents and kept Safer Internet Day twice."),
            ("heading", "The helpline"),
            words("Children and young people wrote and called every day, in the holidays too."),
            ("heading", "What we learned"),
            words("Children want to be asked before adults make rules."),
        ),
        "media-authority",
        under="learn",
        more={**_PERIOD, "project": "Norwegian Safer Internet Centre (the grant is not named in the demonstration)"},
    ),
)  # fmt: skip

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {"norway": {"nb": NORWAY_NB, "en": NORWAY_EN}}
