"""News, advice and pages about the centres: invented for the demonstration; no child is described."""

from havn.config.demo.pages.text import Text, words

NORWAY_NB = (
    Text(
        "news",
        "listing",
        "aktuelt",
        "Aktuelt",
        "Det som skjer hos oss og ellers på barns nett.",
        more={"door": "news"},
        below=(
            Text(
                "voice-chat",
                "article",
                "fremmede-i-stemmechat",
                "Når fremmede snakker med barnet i stemmechat",
                "Mange spill har stemmechat som er åpen for alle. Slik kan dere snakke om den uten å forby spillet.",
                (
                    words(
                        "I mange spill snakker barna med lagkameratene sine mens de spiller. Det er hyggelig, og det er ofte "
                        "der vennskapet er. I noen spill er samtalen åpen for alle som er med i runden.",
                        "Spør barnet hvem som pleier å være med, og hva dere gjør når noen spør om alder, skole eller bilder.",
                    ),
                    ("heading", "Tre ting dere kan avtale"),
                    (
                        "steps",
                        {
                            "title": "",
                            "steps": [
                                "<p>Sett stemmechatten til «bare venner» sammen. Det står under personvern i spillet.</p>",
                                "<p>Bli enige om at barnet kan slå av lyden og gå, uten å forklare seg.</p>",
                                "<p>Si at du ikke tar spillet hvis barnet forteller om noe ekkelt.</p>",
                            ],
                        },
                    ),
                    ("help", {"words": "Barn kan snakke med Kors på halsen."}),
                ),
                "media-authority",
                6,
                360,
            ),
            Text(
                "sid",
                "article",
                "trygg-bruk-dagen",
                "Trygg bruk-dagen feires 9. februar",
                "Skoler og bibliotek kan bestille opplegg til trygg bruk-dagen nå.",
                (
                    words(
                        "Trygg bruk-dagen er den norske delen av Safer Internet Day. I år handler den om samtaler på tvers av "
                        "alder: hva skulle de voksne ønske at de visste, og hva vil barna bli spurt om?",
                        "Alle opplegg er gratis og kan brukes fritt.",
                    ),
                ),
                "media-authority",
                15,
                200,
            ),
            Text(
                "holidays",
                "article",
                "chatten-i-jula",
                "Chatten er åpen gjennom hele jula",
                "Kors på halsen svarer hver dag fra klokka 16 til 22 i jula, også julaften.",
                (
                    words(
                        "Det er mange som skriver til oss i jula. Du kan også skrive et brev når som helst og lese svaret med en kode."
                    ),
                ),
                "red-cross",
                30,
                None,
            ),
        ),
    ),
    Text(
        "learn",
        "listing",
        "laer",
        "Lær om barns nett",
        "For foreldre, lærere og andre som vil vite mer.",
        more={"door": "learn"},
        below=(
            Text(
                "sharing",
                "article",
                "deling-av-bilder",
                "Deling av nakenbilder: det viktigste å vite",
                "Hva loven sier, hva du gjør først, og hva du aldri skal gjøre.",
                (
                    words(
                        "Et bilde som er delt uten lov, kan stoppes og slettes flere steder. Den som er på bildet, har ikke skyld i at andre deler det."
                    ),
                    (
                        "fact",
                        {
                            "title": "Spar ikke på bildet",
                            "words": "<p>Ta vare på navn, adresser og tidspunkt. Lagre eller send aldri selve bildet av et barn videre, heller ikke som bevis.</p>",
                        },
                    ),
                    words("Du kan tipse Kripos, og du kan be tjenesten fjerne bildet."),
                ),
                "media-authority",
                80,
                120,
            ),
            Text(
                "old-advice",
                "article",
                "rad-om-aldersgrenser",
                "Aldersgrenser i sosiale medier",
                "Hva grensene betyr, og hva dere kan avtale hjemme.",
                (
                    words(
                        "Aldersgrensen på 13 år handler om personvern. Den sier ikke at innholdet passer for en trettenåring."
                    ),
                ),
                "media-authority",
                700,
                -20,
            ),
        ),
    ),
    Text(
        "about",
        "page",
        "om-oss",
        "Om senteret",
        "Norges senter for trygg bruk av nett for barn og unge.",
        (
            words(
                "Senteret er et samarbeid mellom Medietilsynet, Norges Røde Kors og Kripos.",
                "Medietilsynet informerer og lager opplegg for skole og hjem. Røde Kors driver Kors på halsen, der barn og unge "
                "kan snakke med voksne. Kripos tar imot tips om ulovlig innhold.",
            ),
        ),
        below=(
            Text(
                "signed",
                "page",
                "tegnsprak",
                "Chat og brev på norsk tegnspråk",
                "Slik virker chatten og brevene, fortalt på norsk tegnspråk.",
                (
                    words(
                        "Her ligger filmen når senteret har laget den. I demonstrasjonen er det bare denne teksten.",
                        "Filmen forteller hvem som svarer, at du ikke må si navnet ditt, og hvordan du kommer tilbake med koden.",
                    ),
                ),
            ),
        ),
    ),
)
NORWAY_EN = (
    Text(
        "news",
        "listing",
        "news",
        "News",
        "What happens here, and in children's lives online.",
        more={"door": "news"},
        below=(
            Text(
                "voice-chat",
                "article",
                "strangers-in-voice-chat",
                "When strangers talk to a child in voice chat",
                "Many games have voice chat that is open to everyone. How to talk about it without forbidding the game.",
                (
                    words(
                        "In many games children talk with their team while they play. It is pleasant, and it is often where "
                        "friendship is. In some games the talk is open to everyone in the round.",
                        "Ask the child who is usually there, and what you do when somebody asks for age, school or pictures.",
                    ),
                    ("heading", "Three things to agree on"),
                    (
                        "steps",
                        {
                            "title": "",
                            "steps": [
                                "<p>Set the voice chat to “friends only” together. It is under privacy in the game.</p>",
                                "<p>Agree that the child may mute and leave without explaining.</p>",
                                "<p>Say that you will not take the game away if the child tells you about something nasty.</p>",
                            ],
                        },
                    ),
                ),
                "media-authority",
                6,
                360,
            ),
        ),
    ),
    Text(
        "about",
        "page",
        "about",
        "About the centre",
        "Norway's centre for a safer internet for children and young people.",
        (words("The centre is run together by the Norwegian Media Authority, the Norwegian Red Cross and Kripos."),),
    ),
)
DENMARK_DA = (
    Text(
        "news",
        "listing",
        "nyheder",
        "Nyheder",
        "Nyt fra centret og fra børns liv på nettet.",
        more={"door": "news"},
        below=(
            Text(
                "skins",
                "article",
                "snyd-med-skins",
                "Snyd med skins: det spørger unge om",
                "Scammed får mange spørgsmål om handel med ting i spil. Her er svarene.",
                (
                    words(
                        "Handel med skins kan være sjovt. Men når nogen beder dig om at logge ind et nyt sted, er det ofte for at tage din konto."
                    ),
                    (
                        "steps",
                        {
                            "title": "Hvis du er blevet snydt",
                            "steps": [
                                "<p>Skift din adgangskode, og slå totrinsgodkendelse til.</p>",
                                "<p>Skriv ned, hvad der skete, og hvornår.</p>",
                                "<p>Spørg Scammed. Du behøver ikke at sige, hvem du er.</p>",
                            ],
                        },
                    ),
                ),
                "cfdp",
                9,
                300,
            ),
            Text(
                "sid",
                "article",
                "sikker-internet-dag",
                "Sikker Internet Dag den 9. februar",
                "Skoler kan tilmelde sig nu.",
                (words("I år handler dagen om samtalen mellom børn og voksne. Materialet er gratis."),),
                "media-council",
                20,
                150,
            ),
        ),
    ),
    Text(
        "learn",
        "listing",
        "viden",
        "Viden og råd",
        "Til forældre, lærere og pædagoger.",
        more={"door": "learn"},
        below=(
            Text(
                "rules-at-home",
                "article",
                "aftaler-derhjemme",
                "Aftaler derhjemme, der holder",
                "Aftaler virker bedst, når barnet har været med til at lave dem.",
                (words("Begynd med at spørge, hvad barnet selv synes er svært. Lav få aftaler, og skriv dem ned."),),
                "media-council",
                60,
                400,
            ),
        ),
    ),
    Text(
        "about",
        "page",
        "om-os",
        "Om centret",
        "Danmarks center for børns trygge liv på nettet.",
        (words("Centret drives af Medierådet for Børn og Unge, Center for Digital Pædagogik og Red Barnet."),),
    ),
)
DENMARK_EN = (
    Text(
        "about",
        "page",
        "about",
        "About the centre",
        "Denmark's centre for children's safe life online.",
        (
            words(
                "The centre is run by the Media Council for Children and Young People, the Centre for Digital Pedagogy and Save the Children Denmark."
            ),
        ),
    ),
)
NETWORK_EN = (
    Text(
        "news",
        "listing",
        "news",
        "News",
        "From the centres of the network.",
        more={"door": "news"},
        below=(
            Text(
                "spotlight",
                "article",
                "spotlight-norway-and-denmark",
                "In the spotlight: Norway and Denmark",
                "Two neighbouring centres on what they share, and what they do in their own way.",
                (
                    words(
                        "Both centres run a chat in which children are answered by trained volunteers. In Norway the police take the reports, in Denmark Save the Children."
                    ),
                ),
                "insafe",
                12,
                None,
            ),
            Text(
                "trends",
                "article",
                "what-helplines-hear",
                "What helplines hear this autumn",
                "Bullying is still what most children write about; extortion with pictures grows.",
                (
                    words(
                        "Each quarter the helplines of the network count why children contact them. The counts are published here with a note on how they were made."
                    ),
                ),
                "insafe",
                40,
                None,
            ),
        ),
    ),
    Text(
        "learn",
        "listing",
        "learn",
        "Learning corner",
        "For children and teens, parents, teachers and other professionals.",
        more={"door": "learn"},
    ),
)

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": NORWAY_NB, "en": NORWAY_EN},
    "denmark": {"da": DENMARK_DA, "en": DENMARK_EN},
    "network": {"en": NETWORK_EN},
}
