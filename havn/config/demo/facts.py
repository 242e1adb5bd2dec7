"""Public facts of two centres, as their profiles in the European network and their own pages print them.

Where a source does not state something it is left out, or said to be assumed. Nobody named here runs this demo.
"""

from havn.config.centre.facts import EVERY_DAY, WEEKDAYS, CentreFacts, OrganisationFacts, Point, ServiceFacts

NORWAY = CentreFacts(
    slug="norway",
    country="NO",
    name="Norwegian Safer Internet Centre",
    names={"nb": "Norsk Safer Internet Centre", "da": "Norsk Safer Internet Centre"},
    zone="Europe/Oslo",
    languages=("nb", "en"),
    hosts=("localhost",),
    texts={
        "controller": "Norges Røde Kors, Medietilsynet, Kripos",
        "complaint_name": "Datatilsynet",
        "complaint_url": "https://www.datatilsynet.no/",
        "feedback_email": "info@medietilsynet.no",
        "accessibility_authority": "Tilsynet for universell utforming av ikt",
        "accessibility_authority_url": "https://www.uutilsynet.no/",
    },
    organisations=(
        OrganisationFacts(
            slug="red-cross",
            name="Norges Røde Kors",
            names={"en": "Norwegian Red Cross", "nn": "Noregs Raude Kross"},
            website="https://www.rodekors.no/",
            services=(
                ServiceFacts(
                    slug="kors-pa-halsen",
                    kind="helpline",
                    name="Kors på halsen",
                    audience="children",
                    points=(
                        Point(
                            "chat",
                            hours=(EVERY_DAY, "14:00", "22:00"),
                            holiday_hours=("16:00", "22:00"),
                            stop_admitting=45,
                        ),
                        Point(
                            "phone",
                            number="800 33 321",
                            hours=(EVERY_DAY, "14:00", "22:00"),
                            holiday_hours=("16:00", "22:00"),
                            note={
                                "en": "Free to call",
                                "nb": "Gratis å ringe",
                                "da": "Gratis at ringe",
                            },
                        ),
                        Point(
                            "letter",
                            always=True,
                            note={
                                "en": "Write when you like. You read the answer here with a code",
                                "nb": "Skriv når du vil. Du leser svaret her med en kode",
                                "da": "Skriv, når du vil. Du læser svaret her med en kode",
                            },
                        ),
                    ),
                ),
            ),
            people=(
                ("counsellor", "ingrid", "Ingrid Solbakken", "Ingrid"),
                ("counsellor", "jonas", "Jonas Myhre", "Jonas"),
                ("counsellor", "amina", "Amina Farah", "Amina"),
                ("supervisor", "berit", "Berit Aune", "Berit"),
                ("coordinator", "lars", "Lars Tveit", "Lars"),
                ("administrator", "sunniva", "Sunniva Dahl", "Sunniva"),
            ),
        ),
        OrganisationFacts(
            slug="media-authority",
            name="Medietilsynet",
            names={"en": "Norwegian Media Authority"},
            website="https://www.medietilsynet.no/",
            services=(
                ServiceFacts(
                    slug="medietilsynet-parents",
                    kind="helpline",
                    name="Medietilsynet",
                    audience="parents",
                    points=(
                        Point("mail", email="info@medietilsynet.no"),
                        Point("page", url="https://www.medietilsynet.no/", label="medietilsynet.no"),
                    ),
                ),
                ServiceFacts(
                    slug="medietilsynet-teachers",
                    kind="helpline",
                    name="Medietilsynet",
                    audience="professionals",
                    points=(
                        Point("mail", email="info@medietilsynet.no"),
                        Point("page", url="https://www.medietilsynet.no/", label="medietilsynet.no"),
                    ),
                ),
            ),
            people=(
                ("editor", "tuva", "Tuva Lien", "Tuva"),
                ("data_officer", "sigrid", "Sigrid Moen", "Sigrid"),
                ("publisher", "eirik", "Eirik Sunde", "Eirik"),
            ),
        ),
        OrganisationFacts(
            slug="kripos",
            name="Kripos",
            website="https://www.politiet.no/",
            services=(
                ServiceFacts(
                    slug="kripos",
                    kind="hotline",
                    name="Kripos",
                    audience="children",
                    points=(
                        # The profile gives 08:00-15:00 without days: weekdays are assumed.
                        Point(
                            "phone",
                            number="23 20 80 00",
                            hours=(WEEKDAYS, "08:00", "15:00"),
                            note={"en": "Kripos, the police", "nb": "Kripos, politiet", "da": "Kripos, politiet"},
                        ),
                        Point(
                            "mail",
                            email="kripos@politiet.no",
                            note={"en": "Write to the police", "nb": "Skriv til politiet", "da": "Skriv til politiet"},
                        ),
                        Point(
                            "phone",
                            number="112",
                            emergency=True,
                            note={
                                "en": "The police, when it can't wait",
                                "nb": "Politiet, når det haster",
                                "da": "Politiet, når det haster",
                            },
                        ),
                    ),
                ),
            ),
        ),
    ),
)

DENMARK = CentreFacts(
    slug="denmark",
    country="DK",
    name="Sikker Internet Center Danmark",
    names={"en": "Safer Internet Centre Denmark"},
    zone="Europe/Copenhagen",
    languages=("da", "en"),
    hosts=("127.0.0.1", "[::1]"),
    texts={
        "controller": "Center for Digital Pædagogik, Medierådet for Børn og Unge, Red Barnet",
        "complaint_name": "Datatilsynet",
        "complaint_url": "https://www.datatilsynet.dk/",
        "feedback_email": "medieraadsinfo@dfi.dk",
        "accessibility_authority": "Digitaliseringsstyrelsen",
        "accessibility_authority_url": "https://digst.dk/",
    },
    organisations=(
        OrganisationFacts(
            slug="cfdp",
            name="Center for Digital Pædagogik",
            names={"en": "Centre for Digital Youth Care"},
            website="https://cfdp.dk/",
            services=(
                ServiceFacts(
                    slug="cyberhus",
                    kind="helpline",
                    name="Cyberhus",
                    audience="children",
                    # The chat opens only with a paid coordinator on duty. Its hours are not stated in the sources.
                    needs_staff=True,
                    points=(
                        Point("chat", stop_admitting=30),
                        Point(
                            "letter",
                            always=True,
                            note={
                                "en": "Write when you like. You read the answer here with a code",
                                "nb": "Skriv når du vil. Du leser svaret her med en kode",
                                "da": "Skriv, når du vil. Du læser svaret her med en kode",
                            },
                        ),
                        Point(
                            "text",
                            number="+45 22 49 68 25",
                            label="Scammed",
                            always=True,
                            note={
                                "en": "Scammed: when somebody has tricked you online",
                                "nb": "Scammed: når noen har lurt deg på nettet",
                                "da": "Scammed: når nogen har snydt dig på nettet",
                            },
                        ),
                        Point("page", url="https://cyberhus.dk/", label="cyberhus.dk"),
                    ),
                ),
            ),
            people=(
                ("counsellor", "freja", "Freja Holm", "Freja"),
                ("counsellor", "mikkel", "Mikkel Lund", "Mikkel"),
                ("counsellor", "sofia", "Sofia Karim", "Sofia"),
                ("supervisor", "hanne", "Hanne Bruun", "Hanne"),
                ("coordinator", "kasper", "Kasper Vest", "Kasper"),
                ("administrator", "line", "Line Toft", "Line"),
            ),
        ),
        OrganisationFacts(
            slug="media-council",
            name="Medierådet for Børn og Unge",
            names={"en": "Media Council for Children and Young People"},
            website="https://www.medieraadet.dk/",
            services=(
                ServiceFacts(
                    slug="medieraadet-parents",
                    kind="helpline",
                    name="Medierådet for Børn og Unge",
                    audience="parents",
                    points=(
                        Point("mail", email="medieraadsinfo@dfi.dk"),
                        Point("page", url="https://sikkertinternet.dk/", label="sikkertinternet.dk"),
                    ),
                ),
                ServiceFacts(
                    slug="medieraadet-teachers",
                    kind="helpline",
                    name="Medierådet for Børn og Unge",
                    audience="professionals",
                    points=(
                        Point("mail", email="medieraadsinfo@dfi.dk"),
                        Point("page", url="https://sikkertinternet.dk/", label="sikkertinternet.dk"),
                    ),
                ),
            ),
            people=(
                ("editor", "asta", "Asta Krogh", "Asta"),
                ("data_officer", "malthe", "Malthe Winther", "Malthe"),
                ("publisher", "viggo", "Viggo Dam", "Viggo"),
            ),
        ),
        OrganisationFacts(
            slug="red-barnet",
            name="Red Barnet",
            names={"en": "Save the Children Denmark"},
            website="https://redbarnet.dk/",
            services=(
                ServiceFacts(
                    slug="red-barnet",
                    kind="hotline",
                    name="Red Barnet",
                    audience="children",
                    points=(
                        Point(
                            "page",
                            url="https://redbarnet.dk/",
                            label="Red Barnet (AnmeldDet)",
                            note={
                                "en": "You can report without saying who you are. They read reports on weekdays",
                                "nb": "Du kan tipse uten å si hvem du er. De leser tips på hverdager",
                                "da": "Du kan anmelde uden at sige, hvem du er. De læser anmeldelser på hverdage",
                            },
                        ),
                    ),
                ),
            ),
        ),
    ),
)

NETWORK = CentreFacts(
    slug="network",
    kind="network",
    country="EU",
    name="Better Internet for Kids",
    zone="Europe/Brussels",
    languages=("en", "nb", "da"),
    hosts=("network.localhost",),
    texts={
        "controller": "Insafe and INHOPE, for this demonstration",
        "complaint_name": "European Data Protection Supervisor",
        "complaint_url": "https://www.edps.europa.eu/",
        "feedback_email": "info@betterinternetforkids.eu",
    },
    organisations=(
        OrganisationFacts(
            slug="insafe",
            name="Insafe and INHOPE",
            website="https://better-internet-for-kids.europa.eu/",
            services=(),
            people=(
                ("coordinator", "marta", "Marta Lindqvist", "Marta"),
                ("editor", "noor", "Noor Janssens", "Noor"),
                ("publisher", "pavel", "Pavel Horák", "Pavel"),
                ("data_officer", "ines", "Inês Carvalho", "Inês"),
                ("early_warning", "lukas", "Lukas Weber", "Lukas"),
            ),
        ),
    ),
)

CENTRES = (NORWAY, DENMARK, NETWORK)
