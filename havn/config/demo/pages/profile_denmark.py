"""The profile of the Danish centre, from what the network and the centre itself publish."""

from havn.config.demo.pages.profile_blocks import partners, section
from havn.config.demo.pages.text import Text, words

_DENMARK_PARTNERS_URLS = ("https://www.medieraadet.dk/", "https://cfdp.dk/", "https://redbarnet.dk/")
DENMARK_DA = Text(
    "profile",
    "profile",
    "profil",
    "Profil af Sikker Internet Center Danmark",
    "Hvem vi er, hvad vi gør, og hvordan du får fat i os.",
    (
        words(
            "Centret er Danmarks medlem af det europæiske netværk for et bedre internet for børn. Medierådet for Børn og Unge leder "
            "det. Center for Digital Pædagogik driver hjælpelinjen, og Red Barnet driver anmeldelseslinjen.",
        ),
    ),
    "media-council",
    more={
        "successes": [("success", "<p>Red Barnet har været medlem af INHOPE, netværket af hotlines, siden 2001.</p>")],
        "partners": [
            partners(
                "partner",
                ("Center for Digital Pædagogik", _DENMARK_PARTNERS_URLS[1]),
                ("Red Barnet", _DENMARK_PARTNERS_URLS[2]),
            )
        ],
    },
    below=(
        Text(
            "profile-awareness",
            "part",
            "videnscenter",
            "Medierådet for Børn og Unge",
            "Medierådet giver viden og råd om børns liv på nettet.",
            organisation="media-council",
            more={
                "strand": "awareness",
                "owner_organisation": "media-council",
                "sections": [
                    section("about", "Medierådet for Børn og Unge koordinerer centret og står for viden og oplysning."),
                    section("contact", "Skriv til medieraadsinfo@dfi.dk, eller læs mere på sikkertinternet.dk."),
                ],
            },
        ),
        Text(
            "profile-helpline",
            "part",
            "hjaelpelinje",
            "Cyberhus, Scammed og Gruppechat",
            "Tre steder, hvor børn og unge kan skrive med en voksen.",
            organisation="cfdp",
            more={
                "strand": "helpline",
                "owner_organisation": "cfdp",
                "sections": [
                    section(
                        "about",
                        "Center for Digital Pædagogik driver Cyberhus, Scammed og Gruppechat for børn, unge og forældre. Der er chat, "
                        "debat, brevkasse og sms.",
                        "I Gruppechat skriver unge fra 12 til 25 år sammen i en gruppe med en eller to frivillige.",
                    ),
                    section("who_answers", "Chatten i Cyberhus åbner kun, når en ansat koordinator er på vagt."),
                    section(
                        "contact",
                        "Scammed svarer på sms hele døgnet på +45 22 49 68 25. De øvrige steder er cyberhus.dk og gruppechat.dk.",
                    ),
                ],
            },
        ),
        Text(
            "profile-hotline",
            "part",
            "anmeld",
            "AnmeldDet hos Red Barnet",
            "Her kan du anmelde billeder og film af seksuelle overgreb mod børn.",
            organisation="red-barnet",
            more={
                "strand": "hotline",
                "owner_organisation": "red-barnet",
                "sections": [
                    section(
                        "about",
                        "Du giver adressen på det, du har set, og du behøver ikke at sige, hvem du er. Red Barnet er medlem af INHOPE.",
                    ),
                    section("contact", "Anmeldelser bliver læst på hverdage."),
                    section("emergency", "Ring 112, når nogen er i fare nu."),
                ],
            },
        ),
    ),
)
DENMARK_EN = Text(
    "profile",
    "profile",
    "profile",
    "Profile of Safer Internet Centre Denmark",
    "Who we are, what we do, and how to reach us.",
    (
        words(
            "The centre is Denmark's member of the European network for a better internet for children. The Media Council for "
            "Children and Young People coordinates it. The Centre for Digital Pedagogy runs the helpline, and Save the Children "
            "Denmark runs the hotline.",
        ),
    ),
    "media-council",
    more={
        "successes": [
            (
                "success",
                "<p>Save the Children Denmark has been a member of INHOPE, the network of hotlines, since 2001.</p>",
            )
        ],
        "partners": [
            partners(
                "partner",
                ("Centre for Digital Pedagogy", _DENMARK_PARTNERS_URLS[1]),
                ("Save the Children Denmark", _DENMARK_PARTNERS_URLS[2]),
            )
        ],
    },
    below=(
        Text(
            "profile-awareness",
            "part",
            "awareness-centre",
            "The Media Council for Children and Young People",
            "The Media Council gives knowledge and advice on children's lives online.",
            organisation="media-council",
            more={
                "strand": "awareness",
                "owner_organisation": "media-council",
                "sections": [
                    section(
                        "about",
                        "The Media Council for Children and Young People coordinates the centre and is its awareness centre.",
                    ),
                    section("contact", "Write to medieraadsinfo@dfi.dk, or read more at sikkertinternet.dk."),
                ],
            },
        ),
        Text(
            "profile-helpline",
            "part",
            "helpline",
            "Cyberhus, Scammed and Gruppechat",
            "Three places where children and young people can write with an adult.",
            organisation="cfdp",
            more={
                "strand": "helpline",
                "owner_organisation": "cfdp",
                "sections": [
                    section(
                        "about",
                        "The Centre for Digital Pedagogy runs Cyberhus, Scammed and Gruppechat for children, young people and parents. "
                        "There is chat, a forum, a letterbox and text messages.",
                        "In Gruppechat young people from 12 to 25 write together in a group, with one or two volunteers.",
                    ),
                    section(
                        "who_answers",
                        "The chat of Cyberhus opens only while an employed coordinator is on duty.",
                    ),
                    section(
                        "contact",
                        "Scammed answers text messages day and night at +45 22 49 68 25. The other places are cyberhus.dk and "
                        "gruppechat.dk.",
                    ),
                ],
            },
        ),
        Text(
            "profile-hotline",
            "part",
            "hotline",
            "AnmeldDet at Save the Children Denmark",
            "Here you can report pictures and films of sexual abuse of children.",
            organisation="red-barnet",
            more={
                "strand": "hotline",
                "owner_organisation": "red-barnet",
                "sections": [
                    section(
                        "about",
                        "You give the address of what you saw, and you need not say who you are. Save the Children Denmark is a member "
                        "of INHOPE.",
                    ),
                    section("contact", "Reports are read on weekdays."),
                    section("emergency", "Call 112 when somebody is in danger now."),
                ],
            },
        ),
    ),
)
