"""The profiles of the demo's centres: what their profiles in the network state, in sentences of our own.

Numbers, addresses and hours that the directory knows stand in the directory and are not told again, but where a
published profile tells them otherwise. Where no source tells of a strand, nobody has written of it here either.
"""

from havn.config.demo.pages.text import Text, words


def _section(kind: str, *paragraphs: str) -> tuple[str, str]:
    return (kind, "".join(f"<p>{one}</p>" for one in paragraphs))


def _partners(kind: str, *names: tuple[str, str]) -> tuple[str, object]:
    return ("group", {"kind": kind, "names": [{"name": name, "url": url} for name, url in names]})


_RED_CROSS = "https://www.rodekors.no/"
_POLICE = "https://www.politiet.no/"

NORWAY_NB = Text(
    "profile",
    "profile",
    "profil",
    "Profilen til Norges senter for trygg bruk",
    "Hvem vi er, hva vi gjør, og hvordan du når oss.",
    (
        words(
            "Senteret er Norges medlem i det europeiske nettverket for et bedre internett for barn. Medietilsynet leder det og er "
            "også senteret for kunnskap og opplæring. Norges Røde Kors driver hjelpelinjen Kors på halsen.",
            "På grunn av norsk lov er ingen tipslinje medlem av senteret. Politiet, ved Kripos, er landets tipslinje for ulovlig innhold.",
        ),
    ),
    "media-authority",
    more={
        "funding": "non-member-state",
        "successes": [
            ("success", "<p>Rundt 250 frivillige svarer barn og unge på Kors på halsen.</p>"),
            ("success", "<p>Kors på halsen svarte på omkring 20 000 henvendelser i 2022.</p>"),
            ("success", "<p>Senteret har et ungdomspanel med ti unge, og én av dem sitter i rådgivningsgruppen.</p>"),
        ],
        "partners": [
            _partners("partner", ("Norges Røde Kors", _RED_CROSS)),
            _partners("authority", ("Kripos, politiet", _POLICE)),
            _partners("advisory", ("Rådgivningsgruppen, med ett medlem fra ungdomspanelet", "")),
        ],
    },
    below=(
        Text(
            "profile-awareness",
            "part",
            "kunnskap",
            "Medietilsynet: senter for kunnskap og opplæring",
            "Medietilsynet informerer om barns liv på nett.",
            organisation="media-authority",
            more={
                "strand": "awareness",
                "owner_organisation": "media-authority",
                "sections": [
                    _section("about", "Medietilsynet koordinerer senteret og er kunnskaps- og opplæringsdelen av det."),
                    _section("goals", "Sammen med nettverket arbeider vi for et bedre internett for barn."),
                    _section(
                        "activities",
                        "Vi informerer foreldre, lærere og barn, og vi er med på trygg bruk-dagen, den norske delen av Safer Internet Day.",
                    ),
                    _section("contact", "Skriv til info@medietilsynet.no, eller les mer på medietilsynet.no."),
                ],
            },
        ),
        Text(
            "profile-helpline",
            "part",
            "hjelpelinje",
            "Kors på halsen",
            "Kors på halsen er for alle under 18 år som vil snakke med en voksen.",
            organisation="red-cross",
            more={
                "strand": "helpline",
                "owner_organisation": "red-cross",
                "sections": [
                    _section(
                        "about",
                        "Norges Røde Kors driver Kors på halsen. Du kan ringe, chatte, skrive e-post eller skrive på forumet. "
                        "Det er gratis, og du trenger ikke å si hvem du er.",
                    ),
                    _section("who_answers", "Rundt 250 frivillige svarer. Alle er fylt 22 år."),
                    _section(
                        "contact",
                        "Chatten og telefonen er åpne fra klokka 14 til 22. Nettsiden er korspahalsen.no.",
                    ),
                ],
            },
        ),
        Text(
            "profile-hotline",
            "part",
            "tips",
            "Kripos tar imot tips",
            "Politiet er Norges tipslinje for ulovlig innhold på nett.",
            organisation="kripos",
            more={
                "strand": "hotline",
                "owner_organisation": "kripos",
                "sections": [
                    _section(
                        "about",
                        "Kripos er en del av politiet og tar imot tips om ulovlig innhold på nett.",
                        "Et tips er ikke det samme som en anmeldelse. Vil du anmelde noe som har skjedd deg, gå til det lokale politiet.",
                    ),
                    _section(
                        "contact",
                        "Telefon 23 20 80 00 og e-post kripos@politiet.no besvares fra klokka 8 til 15. Nødnummeret svarer hele døgnet.",
                        "Politiets egen nettside sier at mottaket av tips er bemannet hele døgnet.",
                    ),
                    _section("emergency", "Ring 112 når noen er i fare nå."),
                ],
            },
        ),
        Text(
            "profile-youth",
            "part",
            "ungdom",
            "Ungdomspanelet",
            "Ti unge mellom 14 og 17 år er med i panelet.",
            organisation="red-cross",
            more={
                "strand": "youth",
                "owner_organisation": "red-cross",
                "sections": [
                    _section(
                        "about",
                        "Panelet har ti medlemmer mellom 14 og 17 år. De som arbeider på Kors på halsen, leder det.",
                        "Ett av medlemmene sitter i rådgivningsgruppen.",
                    ),
                    _section("take_part", "Vil du være med? Skriv til korspahalsen@redcross.no."),
                ],
            },
        ),
    ),
)
NORWAY_EN = Text(
    "profile",
    "profile",
    "profile",
    "Profile of the Norwegian Safer Internet Centre",
    "Who we are, what we do, and how to reach us.",
    (
        words(
            "The centre is Norway's member of the European network for a better internet for children. The Norwegian Media "
            "Authority coordinates it and is its awareness centre. The Norwegian Red Cross runs the helpline, Kors på halsen "
            "(Cross My Heart).",
            "Because of Norwegian law no hotline is a member of the centre. The police, through Kripos, the National Criminal "
            "Investigation Service, act as the national hotline for illegal content.",
        ),
    ),
    "media-authority",
    more={
        "funding": "non-member-state",
        "successes": [
            ("success", "<p>About 250 volunteers answer children and young people at Kors på halsen.</p>"),
            ("success", "<p>Kors på halsen answered about 20,000 contacts in 2022.</p>"),
            (
                "success",
                "<p>The centre has a youth panel of ten, and one of its members sits on the advisory board.</p>",
            ),
        ],
        "partners": [
            _partners("partner", ("Norwegian Red Cross", _RED_CROSS)),
            _partners("authority", ("Kripos, the police", _POLICE)),
            _partners("advisory", ("The advisory board, with one member of the youth panel", "")),
        ],
    },
    below=(
        Text(
            "profile-awareness",
            "part",
            "awareness-centre",
            "The Media Authority: awareness centre",
            "The Media Authority informs about children's lives online.",
            organisation="media-authority",
            more={
                "strand": "awareness",
                "owner_organisation": "media-authority",
                "sections": [
                    _section(
                        "about", "The Norwegian Media Authority coordinates the centre and is its awareness centre."
                    ),
                    _section(
                        "goals",
                        "Together with the network we work for a better internet for children.",
                    ),
                    _section(
                        "activities",
                        "We inform parents, teachers and children, and take part in Safer Internet Day.",
                    ),
                    _section("contact", "Write to info@medietilsynet.no, or read more at medietilsynet.no."),
                ],
            },
        ),
        Text(
            "profile-helpline",
            "part",
            "helpline",
            "Kors på halsen (Cross My Heart)",
            "Kors på halsen is for everybody up to 18 who wants to talk to an adult.",
            organisation="red-cross",
            more={
                "strand": "helpline",
                "owner_organisation": "red-cross",
                "sections": [
                    _section(
                        "about",
                        "The Norwegian Red Cross runs Kors på halsen. You can call, chat, write an e-mail or write on the forum. It is "
                        "free, and you need not say who you are.",
                    ),
                    _section("who_answers", "About 250 volunteers answer. All of them are 22 or older."),
                    _section(
                        "contact", "Chat and telephone are open from 14:00 to 22:00. The website is korspahalsen.no."
                    ),
                ],
            },
        ),
        Text(
            "profile-hotline",
            "part",
            "hotline",
            "Kripos takes reports",
            "The police are Norway's hotline for illegal content online.",
            organisation="kripos",
            more={
                "strand": "hotline",
                "owner_organisation": "kripos",
                "sections": [
                    _section(
                        "about",
                        "Kripos, the National Criminal Investigation Service, is a part of the police and takes reports of illegal "
                        "content online.",
                        "A report is not a formal complaint. To complain of something that was done to you, go to your local police.",
                    ),
                    _section(
                        "contact",
                        "Telephone 23 20 80 00 and kripos@politiet.no are answered from 08:00 to 15:00. The emergency number answers "
                        "day and night.",
                        "The website of the police says that reports are received round the clock.",
                    ),
                    _section("emergency", "Call 112 when somebody is in danger now."),
                ],
            },
        ),
        Text(
            "profile-youth",
            "part",
            "youth",
            "The youth panel",
            "Ten young people from 14 to 17 are its members.",
            organisation="red-cross",
            more={
                "strand": "youth",
                "owner_organisation": "red-cross",
                "sections": [
                    _section(
                        "about",
                        "The panel has ten members from 14 to 17 years. The staff of the helpline run it.",
                        "One of its members sits on the advisory board.",
                    ),
                    _section("take_part", "Do you want to take part? Write to korspahalsen@redcross.no."),
                ],
            },
        ),
    ),
)
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
            _partners(
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
                    _section(
                        "about", "Medierådet for Børn og Unge koordinerer centret og står for viden og oplysning."
                    ),
                    _section("contact", "Skriv til medieraadsinfo@dfi.dk, eller læs mere på sikkertinternet.dk."),
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
                    _section(
                        "about",
                        "Center for Digital Pædagogik driver Cyberhus, Scammed og Gruppechat for børn, unge og forældre. Der er chat, "
                        "debat, brevkasse og sms.",
                        "I Gruppechat skriver unge fra 12 til 25 år sammen i en gruppe med en eller to frivillige.",
                    ),
                    _section("who_answers", "Chatten i Cyberhus åbner kun, når en ansat koordinator er på vagt."),
                    _section(
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
                    _section(
                        "about",
                        "Du giver adressen på det, du har set, og du behøver ikke at sige, hvem du er. Red Barnet er medlem af INHOPE.",
                    ),
                    _section("contact", "Anmeldelser bliver læst på hverdage."),
                    _section("emergency", "Ring 112, når nogen er i fare nu."),
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
            _partners(
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
                    _section(
                        "about",
                        "The Media Council for Children and Young People coordinates the centre and is its awareness centre.",
                    ),
                    _section("contact", "Write to medieraadsinfo@dfi.dk, or read more at sikkertinternet.dk."),
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
                    _section(
                        "about",
                        "The Centre for Digital Pedagogy runs Cyberhus, Scammed and Gruppechat for children, young people and parents. "
                        "There is chat, a forum, a letterbox and text messages.",
                        "In Gruppechat young people from 12 to 25 write together in a group, with one or two volunteers.",
                    ),
                    _section(
                        "who_answers",
                        "The chat of Cyberhus opens only while an employed coordinator is on duty.",
                    ),
                    _section(
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
                    _section(
                        "about",
                        "You give the address of what you saw, and you need not say who you are. Save the Children Denmark is a member "
                        "of INHOPE.",
                    ),
                    _section("contact", "Reports are read on weekdays."),
                    _section("emergency", "Call 112 when somebody is in danger now."),
                ],
            },
        ),
    ),
)

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": (NORWAY_NB,), "en": (NORWAY_EN,)},
    "denmark": {"da": (DENMARK_DA,), "en": (DENMARK_EN,)},
}
