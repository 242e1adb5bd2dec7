"""Campaigns: Safer Internet Day is real, and so is its day; what is told of the rest is invented for the demonstration."""

import datetime as dt

from havn.config.demo.pages.text import Text, words

_SID: dict[str, object] = {"campaign": "sid", "starts_on": dt.date(2027, 2, 9), "section": "sid"}

NORWAY_NB = (
    Text(
        "campaigns", "listing", "kampanjer", "Kampanjer",
        "Dager og uker der mange gjør noe sammen.",
        more={"door": "take-part"},
        below=(
            Text(
                "sid-campaign", "campaign", "trygg-bruk-dagen-2027", "Trygg bruk-dagen",
                "Den norske delen av Safer Internet Day. Skoler, bibliotek og familier snakker om livet på nett.",
                (
                    ("heading", "Slik blir dere med"),
                    ("steps", {"title": "", "steps": ["<p>Velg et opplegg som passer alderen. Alt er gratis.</p>", "<p>Sett av en skoletime eller en kveld.</p>", "<p>Spør barna først: hva skulle de ønske at de voksne visste?</p>"]}),
                    ("help", {"words": "Barn kan snakke med Kors på halsen, også den dagen."}),
                ),
                "media-authority",
                more={**_SID, "slogan": "Snakk med meg om det"},
            ),
        ),
    ),
)  # fmt: skip

NORWAY_EN = (
    Text(
        "campaigns", "listing", "campaigns", "Campaigns",
        "Days and weeks on which many do something together.",
        more={"door": "take-part"},
        below=(
            Text(
                "sid-campaign", "campaign", "safer-internet-day-2027", "Safer Internet Day in Norway",
                "Schools, libraries and families talk about life online.",
                (
                    ("heading", "How to take part"),
                    ("steps", {"title": "", "steps": ["<p>Choose a lesson that fits the age. Everything is free.</p>", "<p>Set aside a lesson or an evening.</p>", "<p>Ask the children first: what do they wish that grown-ups knew?</p>"]}),
                ),
                "media-authority",
                more={**_SID, "slogan": "Talk with me about it"},
            ),
        ),
    ),
)  # fmt: skip

NETWORK_EN = (
    Text(
        "campaigns", "listing", "campaigns", "Campaigns",
        "What the centres of the network do together, and when.",
        more={"door": "take-part"},
        below=(
            Text(
                "sid-campaign", "campaign", "safer-internet-day-2027", "Safer Internet Day 2027",
                "On the second day of the second week of the second month, people in more than a hundred countries do something for a better internet.",
                (words("Every country has its own programme. Find yours below: who organises it, what is on, and how to take part."),),
                "insafe",
                more={**_SID, "slogan": "Together for a better internet"},
                below=(
                    Text(
                        "sid-no", "country", "norway", "Safer Internet Day in Norway",
                        "Lessons for every school year, an evening for parents, and open doors at libraries.",
                        (
                            ("heading", "What is on"),
                            words("Schools can use a lesson for each age, free of charge. Libraries invite families in the afternoon."),
                            ("heading", "How to take part"),
                            words("Teachers choose a lesson and a day that week. Nobody needs to register."),
                        ),
                        "insafe",
                        more={"country": "NO", "organiser": "Medietilsynet (Norwegian Media Authority)", "website": "https://www.medietilsynet.no/", "contact_email": "info@medietilsynet.no"},
                    ),
                    Text(
                        "sid-dk", "country", "denmark", "Safer Internet Day in Denmark",
                        "Classes talk about trust, and young people ask the questions.",
                        (
                            ("heading", "What is on"),
                            words("Classes get a set of questions to talk about. A panel of young people asks those who make the rules."),
                            ("heading", "How to take part"),
                            words("Schools write to the Media Council to get the questions."),
                        ),
                        "insafe",
                        more={"country": "DK", "organiser": "Medierådet for Børn og Unge", "website": "https://www.medieraadet.dk/", "contact_email": "medieraadsinfo@dfi.dk"},
                    ),
                ),
            ),
            Text(
                "media-smart", "campaign", "media-smart-online", "MediaSmartOnline",
                "Four weeks on telling what is true from what is not. The days are invented for this demonstration.",
                (words("Every week has a theme: who made it, why it was made, how it spreads, and what you can do."),),
                "insafe",
                more={"campaign": "media-smart-online", "slogan": "Look twice", "starts_on": dt.date(2027, 3, 1), "ends_on": dt.date(2027, 3, 28)},
            ),
            Text(
                "gaming", "campaign", "gaming-week", "Gaming week",
                "A week for those who play and those who wonder why. The days are invented for this demonstration.",
                (words("Play a game together and let the child explain it. That is all.", "Centres answer questions on age labels, voice chat and things bought in games."),),
                "insafe",
                more={"campaign": "gaming-week", "slogan": "Play with me", "starts_on": dt.date(2026, 11, 23), "ends_on": dt.date(2026, 12, 6)},
            ),
        ),
    ),
)  # fmt: skip

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": NORWAY_NB, "en": NORWAY_EN},
    "network": {"en": NETWORK_EN},
}
