"""What the law says, and the help there is after a report: in short, cautiously, each with where it is written."""

import datetime as dt

from havn.config.demo.pages.text import Text

_WRITTEN = dt.date(2026, 11, 27)
_BY = {
    "nb": "de som lager Havn, bare til demonstrasjonen. Ingen jurist har lest det",
    "da": "dem, der laver Havn, kun til demonstrationen. Ingen jurist har læst det",
    "en": "Havn's makers, for the demonstration only. No lawyer has read it",
}
_YOUNG = {"topics": ["ncsii", "sexuality-online"], "audiences": ["children-young-people", "parents-carers"]}


def _source(title: str, place: str = "", url: str = "") -> dict[str, object]:
    return {"title": title, "place": place, "url": url, "read_on": None}


def _norwegian(act: str, title: str, place: str) -> dict[str, object]:
    """A section of a Norwegian act, at its lasting address."""
    section = place.removeprefix("§ ").replace(" ", "")
    return _source(title, place, f"https://lovdata.no/lov/{act}/%C2%A7{section}")


def _penal_no(*places: str) -> list[dict[str, object]]:
    return [_norwegian("2005-05-20-28", "Straffeloven", place) for place in places]


def _penal_dk(*places: str) -> list[dict[str, object]]:
    return [
        _source(
            "Straffeloven", place, f"https://danskelove.dk/straffeloven/{place.removeprefix('§ ').replace(' ', '')}"
        )
        for place in places
    ]


def _answer(question: str, answer: str, words: str, sources: list[dict[str, object]]) -> tuple[str, dict[str, object]]:
    return ("answer", {"question": question, "answer": answer, "words": f"<p>{words}</p>", "sources": sources})


def _way(
    kind: str, title: str, words: str, sources: list[dict[str, object]], **more: str
) -> tuple[str, dict[str, object]]:
    empty = {"for_whom": "", "cost": "", "deadline": "", "phone": "", "url": ""}
    return ("way", {"kind": kind, "title": title, "words": f"<p>{words}</p>", "sources": sources, **empty, **more})


def _dated(country: str, language: str) -> dict[str, object]:
    return {"country": country, "as_of": _WRITTEN, "checked_by": _BY[language], **_YOUNG}


_PRIVATE = _penal_no("§ 267 a", "§ 267 b")
_OWN_PICTURE = [_norwegian("2018-06-15-40", "Åndsverkloven", "§ 104")]
_HARASSING = _penal_no("§ 266", "§ 267")

NORWAY_NB = (
    Text(
        "law", "law", "loven-om-bilder", "Hva er lov med bilder på nett?",
        "Sju spørsmål som unge og foreldre stiller, og hva norsk lov svarer.",
        organisation="media-authority",
        under="learn",
        more={
            **_dated("NO", "nb"),
            "answers": [
                _answer("Kan jeg sende videre et nakenbilde av noen som er under 18 år?", "illegal", "Nei. Det er straffbart å lage, ha og dele bilder som seksualiserer barn. I denne loven er alle under 18 år barn. Det gjelder også når den på bildet selv har sendt det til deg.", _penal_no("§ 311")),
                _answer("Kan kjæresten min og jeg ha nakenbilder av hverandre?", "depends", "Den som er over 16 år, og som har et bilde av en på 16 eller 17 år, kan slippe straff når den på bildet har sagt ja, og dere er omtrent like gamle og like langt i utviklingen. Det er aldri lov å vise eller sende bildet til andre.", _penal_no("§ 311")),
                _answer("Kan jeg dele et svært privat bilde av en voksen uten å spørre?", "illegal", "Nei. Siden 2021 har loven et eget forbud mot å dele bilder, film og lyd som er krenkende eller åpenbart private, uten at du har rett til det. Grove tilfeller straffes strengere.", _PRIVATE),
                _answer("Kan jeg legge ut et vanlig bilde av en venn?", "depends", "Som regel må du spørre først: Den som er på bildet, har rett til sitt eget bilde. Det finnes unntak, for eksempel bilder av folketog og møter. Spør alltid, og ta bildet bort hvis noen ber om det.", _OWN_PICTURE),
                _answer("Noen skriver stygge ting til meg hele tiden. Er det lov?", "illegal", "Det er straffbart å plage eller skremme noen slik at freden deres blir krenket, og å krenke privatlivet deres ved å fortelle det til mange. Ett uvennlig ord er sjelden nok. Ta vare på meldingene.", _HARASSING),
                _answer("Er det lov å sende nakenbilder til noen som ikke har bedt om det?", "illegal", "Nei. Seksuelt krenkende atferd mot noen som ikke har samtykket, er straffbart, også på nett.", _penal_no("§ 298")),
                _answer("Kan jeg bli straffet når jeg er under 15 år?", "depends", "Du kan ikke straffes for det du gjorde før du fylte 15 år. Det kan fortsatt være forbudt. Politiet og barnevernet kan snakke med deg, og du kan måtte betale erstatning.", _penal_no("§ 20")),
            ],
        },
    ),
    Text(
        "after-report", "help-after-report", "hjelp-etter-anmeldelse", "Hjelp etter at du har sagt fra",
        "Hva som finnes for deg som har vært utsatt for noe og har anmeldt det, eller tenker på det.",
        organisation="kripos",
        under="learn",
        more={
            **_dated("NO", "nb"),
            "ways": [
                _way("barnahus", "Statens barnehus", "Hvis politiet vil høre hva som har skjedd, skjer det i et hus som er laget for barn. En som kan det, snakker med deg. Advokaten og de andre hører på fra et annet rom, så du slipper å fortelle det mange ganger. Der er det også folk som hjelper deg etterpå.", [_norwegian("1981-05-22-25", "Straffeprosessloven", "§ 239"), _source("Statens barnehus", url="https://www.statensbarnehus.no/")], for_whom="Barn og unge som kan ha vært utsatt for vold eller seksuelle overgrep.", cost="Gratis.", url="https://www.statensbarnehus.no/"),
                _way("lawyer", "Bistandsadvokat", "I saker om blant annet seksuelle overgrep har du rett til en egen advokat som staten betaler. Advokaten forklarer hva som skjer, er med deg og krever erstatning for deg. Spør politiet om det gjelder i saken din.", [_norwegian("1981-05-22-25", "Straffeprosessloven", "§ 107 a")], for_whom="Den som er utsatt for et lovbrudd som loven nevner.", cost="Staten betaler."),
                _way("compensation", "Kontoret for voldsoffererstatning", "Når en domstol har gitt deg erstatning, kan staten betale den. Er saken henlagt, kan du søke. Det gjelder de lovbruddene som voldserstatningsloven fra 2023 regner opp. Advokaten eller kontoret kan si om det gjelder deg.", [_source("Kontoret for voldsoffererstatning", url="https://www.voldsoffererstatning.no/")], for_whom="Den som er utsatt for vold eller overgrep.", cost="Gratis å søke.", deadline="Seks måneder etter en rettskraftig dom, eller ett år etter at saken ble henlagt.", phone="78 98 95 00", url="https://www.voldsoffererstatning.no/"),
                _way("therapy", "Helsestasjon for ungdom og fastlegen", "Du kan snakke med en helsesykepleier på skolen eller på helsestasjon for ungdom uten å bestille lenge før. Fastlegen kan henvise deg til noen som hjelper barn og unge med det som er vanskelig.", [_source("Helsenorge", url="https://www.helsenorge.no/")], for_whom="Barn og unge.", cost="Helsestasjon for ungdom er gratis.", url="https://www.helsenorge.no/"),
                _way("removal", "Take It Down", "Tjenesten lager et digitalt fingeravtrykk av bildet på din egen telefon. Bildet sendes ikke. Flere store nettsteder bruker fingeravtrykket til å finne bildet og ta det bort.", [_source("Take It Down (NCMEC)", url="https://takeitdown.ncmec.org/")], for_whom="Bilder av deg fra før du fylte 18 år.", cost="Gratis.", url="https://takeitdown.ncmec.org/"),
            ],
        },
    ),
)  # fmt: skip

NORWAY_EN = (
    Text("learn", "listing", "learn", "Learn about children's lives online", "For parents, teachers and everybody who wants to know more.", more={"door": "learn"}),
    Text(
        "law", "law", "the-law-on-pictures", "What may I do with pictures online?",
        "Seven questions that young people and parents ask, and what Norwegian law answers.",
        organisation="media-authority",
        under="learn",
        more={
            **_dated("NO", "en"),
            "answers": [
                _answer("May I pass on a nude picture of somebody under 18?", "illegal", "No. It is a crime to make, have or share pictures that sexualise children. In this law everybody under 18 is a child. That holds even if the person in the picture sent it to you.", _penal_no("§ 311")),
                _answer("May my partner and I have nude pictures of each other?", "depends", "Somebody who has a picture of a person aged 16 or 17 may go unpunished when that person agreed and the two are about equal in age and development. Showing or sending the picture to others is never legal.", _penal_no("§ 311")),
                _answer("May I share a very private picture of an adult without asking?", "illegal", "No. Since 2021 the law has a section of its own against sharing pictures, film and sound that are offensive or obviously private when you have no right to. Grave cases are punished harder.", _PRIVATE),
                _answer("May I post an ordinary picture of a friend?", "depends", "As a rule you must ask first: whoever is in a picture has a right to their own image. There are exceptions, such as pictures of processions and meetings. Always ask, and take it down when somebody wants you to.", _OWN_PICTURE),
                _answer("Somebody writes nasty things to me all the time. Is that legal?", "illegal", "It is a crime to bother or frighten somebody so that their peace is disturbed, and to violate their privacy by telling it to many. One unkind word is rarely enough. Keep the messages.", _HARASSING),
                _answer("Is it legal to send nude pictures to somebody who did not ask for them?", "illegal", "No. Sexually offensive conduct towards somebody who has not agreed is a crime, online too.", _penal_no("§ 298")),
                _answer("Can I be punished when I am under 15?", "depends", "You cannot be punished for what you did before you turned 15. It may still be forbidden. The police and the child welfare service can talk with you, and you may have to pay compensation.", _penal_no("§ 20")),
            ],
        },
    ),
    Text(
        "after-report", "help-after-report", "help-after-a-report", "Help after you have told",
        "What there is for you who have been harmed and have reported it, or think about it.",
        organisation="kripos",
        under="learn",
        more={
            **_dated("NO", "en"),
            "ways": [
                _way("barnahus", "Statens barnehus", "If the police want to hear what happened, it is done in a house made for children. Somebody who knows how talks with you. The lawyer and the others listen from another room, so that you need not tell it many times. People there help you afterwards, too.", [_norwegian("1981-05-22-25", "Straffeprosessloven (criminal procedure)", "§ 239"), _source("Statens barnehus", url="https://www.statensbarnehus.no/")], for_whom="Children and young people who may have met violence or sexual abuse.", cost="Free.", url="https://www.statensbarnehus.no/"),
                _way("lawyer", "A lawyer of your own (bistandsadvokat)", "In cases of sexual abuse, among others, you have a right to a lawyer of your own whom the state pays. The lawyer explains what happens, is with you, and claims compensation for you. Ask the police whether it holds in your case.", [_norwegian("1981-05-22-25", "Straffeprosessloven (criminal procedure)", "§ 107 a")], for_whom="Somebody harmed by a crime that the law names.", cost="The state pays."),
                _way("compensation", "Kontoret for voldsoffererstatning", "When a court has given you compensation, the state can pay it. If the case was dropped, you can apply. It holds for the crimes that the act of 2023 lists. Your lawyer or the office can tell whether it holds for you.", [_source("Kontoret for voldsoffererstatning", url="https://www.voldsoffererstatning.no/")], for_whom="Somebody harmed by violence or abuse.", cost="Applying is free.", deadline="Six months after a final judgment, or one year after the case was dropped.", phone="78 98 95 00", url="https://www.voldsoffererstatning.no/"),
                _way("therapy", "Youth health centre and your doctor", "You can talk with a nurse at school or at the youth health centre. Your doctor can refer you to somebody who helps children and young people with what is hard.", [_source("Helsenorge", url="https://www.helsenorge.no/en/")], for_whom="Children and young people.", cost="The youth health centre is free.", url="https://www.helsenorge.no/en/"),
                _way("removal", "Take It Down", "The service makes a digital fingerprint of the picture on your own phone. The picture is not sent. Several big sites use the fingerprint to find the picture and take it away.", [_source("Take It Down (NCMEC)", url="https://takeitdown.ncmec.org/")], for_whom="Pictures of you from before you turned 18.", cost="Free.", url="https://takeitdown.ncmec.org/"),
            ],
        },
    ),
)  # fmt: skip

_REPORTED_DK = [_source("Erstatningsnævnet", url="https://www.civilstyrelsen.dk/sagsomraader/erstatningsnaevnet"), _source("Offererstatningsloven", "§ 13", "https://danskelove.dk/offererstatningsloven/13")]  # fmt: skip

DENMARK_DA = (
    Text(
        "law", "law", "loven-om-billeder", "Hvad må man med billeder på nettet?",
        "Fem spørgsmål, som unge og forældre stiller, og hvad dansk lov svarer.",
        organisation="media-council",
        under="learn",
        more={
            **_dated("DK", "da"),
            "answers": [
                _answer("Må jeg sende et seksuelt billede af en under 18 år videre?", "illegal", "Nej. Det er strafbart at dele seksuelle billeder og film af personer under 18 år, også selv om den på billedet har sagt ja.", _penal_dk("§ 235")),
                _answer("Må min kæreste og jeg have billeder af hinanden?", "depends", "Det kan være lovligt at have et billede af en, der er fyldt 15 år, når den på billedet har sagt ja til, at du har det. Du må aldrig dele det, og siger den anden nej, skal det slettes.", _penal_dk("§ 235")),
                _answer("Må jeg dele et meget privat billede af en voksen uden at spørge?", "illegal", "Nej. Det er strafbart at videregive billeder og beskeder om andres private forhold uden at have ret til det. Grove sager straffes hårdere.", _penal_dk("§ 264 d")),
                _answer("Må man sende nøgenbilleder til en, der ikke har bedt om det?", "illegal", "Det kan være en krænkelse af den andens blufærdighed, og det er strafbart, også på nettet.", _penal_dk("§ 232")),
                _answer("Kan jeg blive straffet, når jeg er under 15 år?", "depends", "Man kan ikke straffes for det, man gjorde, før man fyldte 15 år. Det kan stadig være forbudt, og kommunen og politiet kan tale med dig.", _penal_dk("§ 15")),
            ],
        },
    ),
    Text(
        "after-report", "help-after-report", "hjaelp-efter-en-anmeldelse", "Hjælp, efter at du har sagt det",
        "Hvad der findes for dig, der har været udsat for noget og har anmeldt det eller tænker på det.",
        organisation="red-barnet",
        under="learn",
        more={
            **_dated("DK", "da"),
            "ways": [
                _way("barnahus", "De danske børnehuse", "I et børnehus kommer de voksne til dig: politi, socialrådgiver og psykolog. Så skal du ikke fortælle det samme mange steder. Det er kommunen, der sørger for det. Ring til din kommune, eller bed en voksen om det.", [_source("Social- og Boligstyrelsen: Om de danske børnehuse", url="https://www.sbst.dk/boern/overgreb/boernehuse/om-de-danske-boernehuse")], for_whom="Børn og unge til og med 17 år, når der er viden eller mistanke om vold eller overgreb.", cost="Gratis.", url="https://www.sbst.dk/boern/overgreb/boernehuse/om-de-danske-boernehuse"),
                _way("lawyer", "Bistandsadvokat", "I sager om blandt andet vold og seksuelle overgreb kan du få din egen advokat, som staten betaler. Advokaten er med til afhøringer, forklarer, hvad der sker, og kræver erstatning for dig. Politiet skal fortælle dig om det.", [_source("Retsplejeloven", "§ 741 a", "https://danskelove.dk/retsplejeloven/741a")], for_whom="Den, der er udsat for en forbrydelse, som loven nævner.", cost="Staten betaler."),
                _way("compensation", "Erstatningsnævnet", "Nævnet kan give erstatning fra staten, når straffesagen er slut. Som udgangspunkt skal det være anmeldt til politiet inden 72 timer; der er undtagelser, så spørg.", _REPORTED_DK, for_whom="Den, der er kommet til skade ved en forbrydelse.", cost="Gratis at søge.", deadline="To år efter den endelige dom, eller efter at politiet har sluttet sagen.", url="https://www.civilstyrelsen.dk/sagsomraader/erstatningsnaevnet"),
                _way("removal", "SletDet Rådgivningen hos Red Barnet", "Rådgiverne taler med dig om det, der er sket, hjælper med at anmelde det og med at få billeder fjernet.", [_source("Red Barnet", url="https://redbarnet.dk/")], for_whom="Børn og unge, der er krænket på nettet.", cost="Gratis.", url="https://redbarnet.dk/"),
            ],
        },
    ),
)  # fmt: skip

DENMARK_EN = (
    Text("learn", "listing", "learn", "Learn about children's lives online", "For parents, teachers and everybody who wants to know more.", more={"door": "learn"}),
    Text(
        "law", "law", "the-law-on-pictures", "What may I do with pictures online?",
        "Five questions that young people and parents ask, and what Danish law answers.",
        organisation="media-council",
        under="learn",
        more={
            **_dated("DK", "en"),
            "answers": [
                _answer("May I pass on a sexual picture of somebody under 18?", "illegal", "No. It is a crime to share sexual pictures and films of people under 18, even if the person in the picture agreed.", _penal_dk("§ 235")),
                _answer("May my partner and I have pictures of each other?", "depends", "It can be legal to have a picture of somebody who has turned 15, when that person agreed that you have it. You may never share it, and if the other says no, delete it.", _penal_dk("§ 235")),
                _answer("May I share a very private picture of an adult without asking?", "illegal", "No. It is a crime to pass on pictures and messages about somebody's private life without a right to. Grave cases are punished harder.", _penal_dk("§ 264 d")),
                _answer("Is it legal to send nude pictures to somebody who did not ask for them?", "illegal", "It can violate the other person's decency, and that is a crime, online too.", _penal_dk("§ 232")),
                _answer("Can I be punished when I am under 15?", "depends", "You cannot be punished for what you did before you turned 15. It may still be forbidden, and the municipality and the police can talk with you.", _penal_dk("§ 15")),
            ],
        },
    ),
)  # fmt: skip

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": NORWAY_NB, "en": NORWAY_EN},
    "denmark": {"da": DENMARK_DA, "en": DENMARK_EN},
}
