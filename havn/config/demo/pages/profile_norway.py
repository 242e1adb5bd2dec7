"""The profile of the Norwegian centre, from what the network and the centre itself publish."""

from havn.config.demo.pages.profile_blocks import partners, section
from havn.config.demo.pages.text import Text, words

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
            partners("partner", ("Norges Røde Kors", _RED_CROSS)),
            partners("authority", ("Kripos, politiet", _POLICE)),
            partners("advisory", ("Rådgivningsgruppen, med ett medlem fra ungdomspanelet", "")),
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
                    section("about", "Medietilsynet koordinerer senteret og er kunnskaps- og opplæringsdelen av det."),
                    section("goals", "Sammen med nettverket arbeider vi for et bedre internett for barn."),
                    section(
                        "activities",
                        "Vi informerer foreldre, lærere og barn, og vi er med på trygg bruk-dagen, den norske delen av Safer Internet Day.",
                    ),
                    section("contact", "Skriv til info@medietilsynet.no, eller les mer på medietilsynet.no."),
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
                    section(
                        "about",
                        "Norges Røde Kors driver Kors på halsen. Du kan ringe, chatte, skrive e-post eller skrive på forumet. "
                        "Det er gratis, og du trenger ikke å si hvem du er.",
                    ),
                    section("who_answers", "Rundt 250 frivillige svarer. Alle er fylt 22 år."),
                    section(
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
                    section(
                        "about",
                        "Kripos er en del av politiet og tar imot tips om ulovlig innhold på nett.",
                        "Et tips er ikke det samme som en anmeldelse. Vil du anmelde noe som har skjedd deg, gå til det lokale politiet.",
                    ),
                    section(
                        "contact",
                        "Telefon 23 20 80 00 og e-post kripos@politiet.no besvares fra klokka 8 til 15. Nødnummeret svarer hele døgnet.",
                        "Politiets egen nettside sier at mottaket av tips er bemannet hele døgnet.",
                    ),
                    section("emergency", "Ring 112 når noen er i fare nå."),
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
                    section(
                        "about",
                        "Panelet har ti medlemmer mellom 14 og 17 år. De som arbeider på Kors på halsen, leder det.",
                        "Ett av medlemmene sitter i rådgivningsgruppen.",
                    ),
                    section("take_part", "Vil du være med? Skriv til korspahalsen@redcross.no."),
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
            partners("partner", ("Norwegian Red Cross", _RED_CROSS)),
            partners("authority", ("Kripos, the police", _POLICE)),
            partners("advisory", ("The advisory board, with one member of the youth panel", "")),
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
                    section(
                        "about", "The Norwegian Media Authority coordinates the centre and is its awareness centre."
                    ),
                    section(
                        "goals",
                        "Together with the network we work for a better internet for children.",
                    ),
                    section(
                        "activities",
                        "We inform parents, teachers and children, and take part in Safer Internet Day.",
                    ),
                    section("contact", "Write to info@medietilsynet.no, or read more at medietilsynet.no."),
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
                    section(
                        "about",
                        "The Norwegian Red Cross runs Kors på halsen. You can call, chat, write an e-mail or write on the forum. It is "
                        "free, and you need not say who you are.",
                    ),
                    section("who_answers", "About 250 volunteers answer. All of them are 22 or older."),
                    section(
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
                    section(
                        "about",
                        "Kripos, the National Criminal Investigation Service, is a part of the police and takes reports of illegal "
                        "content online.",
                        "A report is not a formal complaint. To complain of something that was done to you, go to your local police.",
                    ),
                    section(
                        "contact",
                        "Telephone 23 20 80 00 and kripos@politiet.no are answered from 08:00 to 15:00. The emergency number answers "
                        "day and night.",
                        "The website of the police says that reports are received round the clock.",
                    ),
                    section("emergency", "Call 112 when somebody is in danger now."),
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
                    section(
                        "about",
                        "The panel has ten members from 14 to 17 years. The staff of the helpline run it.",
                        "One of its members sits on the advisory board.",
                    ),
                    section("take_part", "Do you want to take part? Write to korspahalsen@redcross.no."),
                ],
            },
        ),
    ),
)
