"""What the demo's helplines have ready: canned answers and pages to send, by language."""

ANSWERS: dict[str, list[tuple[str, str, list[str]]]] = {
    "en": [
        (
            "Hello",
            "Hi, good that you wrote. I'm here now. Would you like to tell me what is on your mind?",
            ["hello", "start"],
        ),
        ("I'm listening", "Thank you for telling me. Take the time you need, I'm not going anywhere.", ["listen"]),
        (
            "Not your fault",
            "What happened to you is not your fault. The one who did it is responsible for it.",
            ["fault", "shame"],
        ),
        (
            "Pictures",
            "If somebody has shared a picture of you, there is help to get it taken down. Shall we look at it together?",
            ["pictures", "ncsii"],
        ),
        (
            "Someone near",
            "Is there a grown-up near you whom you trust, at home, at school or somewhere else?",
            ["adult", "trust"],
        ),
        (
            "Goodbye",
            "Thank you for writing today. You can come back with your code, or start a new chat whenever you like.",
            ["end", "goodbye"],
        ),
    ],
    "nb": [
        ("Hei", "Hei, så fint at du skrev. Jeg er her nå. Vil du fortelle hva du tenker på?", ["hei", "start"]),
        ("Jeg hører på deg", "Takk for at du forteller. Ta den tiden du trenger, jeg blir her.", ["lytte"]),
        (
            "Ikke din skyld",
            "Det som har skjedd, er ikke din skyld. Det er den som gjorde det, som har ansvaret.",
            ["skyld", "skam"],
        ),
        (
            "Bilder",
            "Hvis noen har delt et bilde av deg, finnes det hjelp til å få det fjernet. Skal vi se på det sammen?",
            ["bilder", "deling"],
        ),
        (
            "En voksen",
            "Er det en voksen du stoler på i nærheten, hjemme, på skolen eller et annet sted?",
            ["voksen", "trygg"],
        ),
        (
            "Ha det",
            "Takk for at du skrev i dag. Du kan komme tilbake med koden din, eller starte en ny chat når du vil.",
            ["slutt", "hade"],
        ),
    ],
    "da": [
        (
            "Hej",
            "Hej, godt at du skrev. Jeg er her nu. Har du lyst til at fortælle, hvad du tænker på?",
            ["hej", "start"],
        ),
        ("Jeg lytter", "Tak, fordi du fortæller det. Tag den tid, du har brug for, jeg bliver her.", ["lytte"]),
        (
            "Ikke din skyld",
            "Det, der er sket, er ikke din skyld. Det er den, der gjorde det, som har ansvaret.",
            ["skyld", "skam"],
        ),
        (
            "Billeder",
            "Hvis nogen har delt et billede af dig, kan man få hjælp til at få det fjernet. Skal vi se på det sammen?",
            ["billeder", "deling"],
        ),
        (
            "En voksen",
            "Er der en voksen i nærheten, som du stoler på, derhjemme, i skolen eller et andet sted?",
            ["voksen", "tryg"],
        ),
        (
            "Farvel",
            "Tak, fordi du skrev i dag. Du kan komme tilbage med din kode eller starte en ny chat, når du har lyst.",
            ["slut", "farvel"],
        ),
    ],
}

LINKS: dict[str, list[tuple[str, str, str]]] = {
    "norway": [
        ("nb", "Slettmeg: hjelp til å få slettet noe på nettet", "https://slettmeg.no/"),
        ("nb", "Ung.no: svar på det du lurer på", "https://www.ung.no/"),
        ("en", "Ung.no (in Norwegian)", "https://www.ung.no/"),
    ],
    "denmark": [
        ("da", "SletDet: hjælp, når billeder er delt", "https://redbarnet.dk/"),
        ("da", "Cyberhus", "https://cyberhus.dk/"),
        ("en", "Cyberhus (in Danish)", "https://cyberhus.dk/"),
    ],
}

# Ended talks: who wrote ("me" the child, "you" the counsellor) and what. Invented, short and kind.
TALKS: dict[str, list[dict[str, object]]] = {
    "nb": [
        {
            "reasons": ["cyberbullying"],
            "person": "teen-12-18",
            "age_band": "12-14",
            "place": "messaging",
            "lines": [
                ("me", "hei"),
                ("you", "Hei, så fint at du skrev. Hva tenker du på?"),
                ("me", "noen i klassen har laget en gruppe der de skriver stygge ting om meg"),
                ("you", "Det høres vondt ut. Har du sett hva de skriver selv?"),
                ("me", "ja en venninne viste meg"),
                ("you", "Det er ikke din skyld. Vil du at vi finner ut sammen hvem på skolen du kan si det til?"),
                ("me", "kanskje kontaktlæreren. hun er grei"),
                ("you", "Det er modig. Du kan vise henne skjermbildene, så slipper du å forklare alt."),
                ("me", "ok. takk"),
            ],
        },
        {
            "reasons": ["ncsii", "sexting"],
            "person": "teen-12-18",
            "age_band": "15-18",
            "place": "social-media",
            "lines": [
                ("me", "jeg har sendt et bilde til en gutt og nå har han vist det til andre"),
                ("you", "Takk for at du forteller det. Det er han som har gjort noe galt, ikke du."),
                ("me", "jeg tør ikke gå på skolen i morgen"),
                ("you", "Det skjønner jeg. Er det en voksen hjemme du kan være med i kveld?"),
                ("me", "storesøsteren min"),
                (
                    "you",
                    "Fint. Slettmeg kan hjelpe med å få bildet bort, og politiet tar slikt på alvor. Skal jeg vise deg hvordan?",
                ),
                ("me", "ja takk"),
            ],
        },
    ],
    "en": [
        {
            "reasons": ["gaming", "excessive-use"],
            "person": "child-5-11",
            "age_band": "9-11",
            "place": "gaming",
            "lines": [
                ("me", "my mum says i play too much and now she took my computer"),
                ("you", "That sounds unfair to you. What do you miss most about it?"),
                ("me", "my friends are there. nobody plays outside"),
                ("you", "So it is about being with them. Could you tell her just that?"),
                ("me", "maybe. can we write down what i can say"),
                ("you", "Good idea. Let's write it together."),
            ],
        },
    ],
    "da": [
        {
            "reasons": ["oscec"],
            "person": "teen-12-18",
            "age_band": "15-18",
            "place": "social-media",
            "lines": [
                ("me", "en jeg ikke kender siger han vil dele et billede hvis jeg ikke betaler"),
                ("you", "Godt, at du skriver. Det er afpresning, og det er ikke din skyld. Har du betalt noget?"),
                ("me", "nej"),
                ("you", "Det er klogt. Lad være med at svare ham, og gem det, han har skrevet."),
                ("me", "skal jeg sige det til min mor"),
                ("you", "Hvad tror du, hun ville sige, hvis hun vidste, hvor bange du er?"),
                ("me", "hun ville nok hjælpe"),
            ],
        },
        {
            "reasons": ["love-relationships-sexuality"],
            "person": "teen-12-18",
            "age_band": "12-14",
            "place": "messaging",
            "lines": [
                ("me", "min kæreste vil have min kode til alt"),
                ("you", "Hvordan har du det med det?"),
                ("me", "det er lidt mærkeligt. han siger det er kærlighed"),
                (
                    "you",
                    "Det er okay at have noget for sig selv. Det siger ikke noget om, hvor meget man holder af hinanden.",
                ),
                ("me", "det tænkte jeg også. tak"),
            ],
        },
    ],
}
