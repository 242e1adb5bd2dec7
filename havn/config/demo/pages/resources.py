"""Things to use in class and at home: invented for the demonstration; no child is described. The aims are real ones."""

from havn.config.demo.drawings import Drawing, Paper
from havn.config.demo.pages.text import Text, words


def _step(
    title: str, minutes: int, said: str, teacher: str = "", drawing: str = "", shows: str = ""
) -> tuple[str, dict[str, object]]:
    picture = (
        [{"picture": Drawing(drawing), "alternative": shows, "decoration": not shows, "caption": ""}] if drawing else []
    )
    return (
        "step",
        {
            "title": title,
            "minutes": minutes,
            "words": said,
            "picture": picture,
            "film": [],
            "teacher": f"<p>{teacher}</p>" if teacher else "",
        },
    )


def _easy(said: str, drawing: str) -> tuple[str, dict[str, object]]:
    picture = [{"picture": Drawing(drawing), "alternative": "", "decoration": True, "caption": ""}]
    return ("sentence", {"words": said, "picture": picture, "sound": None})


def _items(*lines: str) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _paper(name: str, title: str, language: str, *lines: str) -> tuple[str, dict[str, object]]:
    return ("file", {"file": Paper(name, title, language, lines), "about": title})


_WHO_SEES: dict[str, object] = {
    "type": "lesson", "age_min": 8, "age_max": 10, "minutes": 45, "settings": ["class"], "version": "2",
    "topics": ["cybersecurity", "media-literacy-education"],
    "audiences": ["teachers-professionals", "children-young-people"], "section": "awareness",
    "aims": ["lk20-4-saf-privacy", "lk20-4-saf-rights", "lk20-4-rle-respect"],
    "licence": "cc-by-4.0", "picture": Drawing("eye"),
}  # fmt: skip
_SAY_NO: dict[str, object] = {
    "type": "book", "age_min": 4, "age_max": 7, "minutes": 15, "settings": ["class", "home", "after-school"], "version": "1",
    "topics": ["conduct-related-issues", "well-being"],
    "audiences": ["young-children", "parents-carers", "teachers-professionals"], "section": "awareness",
    "aims": ["lk20-2-saf-boundaries", "lk20-2-saf-digital-interaction", "lk20-2-saf-rights"],
    "licence": "cc-by-nd-4.0", "picture": Drawing("stop"),
}  # fmt: skip
_TRUE: dict[str, object] = {
    "type": "lesson", "age_min": 12, "age_max": 15, "minutes": 60, "settings": ["class"], "version": "1",
    "topics": ["media-literacy-education", "content-creation"],
    "audiences": ["teachers-professionals", "children-young-people"], "section": "awareness",
    "aims": ["lk20-7-saf-sources", "lk20-7-nor-sources", "lk20-7-eng-sources", "lk20-10-saf-algorithms", "lk20-10-nor-sources"],
    "licence": "cc-by-sa-4.0", "picture": Drawing("magnifier"),
}  # fmt: skip
_GROUP: dict[str, object] = {
    "type": "lesson", "age_min": 10, "age_max": 13, "minutes": 45, "settings": ["class", "after-school"], "version": "1",
    "topics": ["cyberbullying", "conduct-related-issues"],
    "audiences": ["teachers-professionals", "children-young-people"], "section": "awareness",
    "licence": "cc-by-4.0", "picture": Drawing("talk"),
}  # fmt: skip

NORWAY_NB = (
    Text(
        "who-sees", "resource", "hvem-ser-hva", "Hvem ser hva? En time om deling og personvern",
        "Klassen sorterer hva som er fint å dele, hva man spør om først, og hva som er hemmelig.",
        (words("Timen trenger ingen skjermer for elevene. Skriv ut arbeidsarket, eller tegn tre ringer på tavla."),),
        "media-authority", 20, 300, under="learn",
        more={
            **_WHO_SEES,
            "credit": "Opplysningsavdelingen i demonstrasjonen",
            "accessibility_notes": "Alt på skjermen leses også opp av læreren. Tegningene er forklart i teksten.",
            "files": [_paper("hvem-ser-hva", "Arbeidsark: tre ringer", "nb", "Dette kan alle få vite om meg:", "Dette spør jeg om først:", "Dette er bare for meg og dem jeg stoler på:")],
            "lesson": [
                _step("Hvem ser hva?", 5, "<p>Tenk på noe du fortalte en venn i går.</p><p>Hvem andre kunne ha hørt det?</p>", "La elevene tenke i stillhet først. Ingen trenger å fortelle hva de tenkte på.", "eye"),
                _step("Tre ringer", 10, _items("Alle kan vite det", "Jeg spør først", "Bare for meg og dem jeg stoler på"), "Del ut arbeidsarket. Gjør ett eksempel sammen: yndlingsdyret mitt."),
                _step("Hvor hører det hjemme?", 10, _items("Et bilde av katten min", "Et bilde av klassen min", "Adressen min", "Passordet mitt", "At vennen min er lei seg"), "Det finnes mer enn ett riktig svar. Spør: Hva om det ble sendt videre?", "picture", "Et bilde av en person i en ramme."),
                _step("Du bestemmer over bildet ditt", 10, "<p>Den som er på bildet, skal si ja før noen deler det.</p><p>Det er lov å si nei. Det er lov å ombestemme seg.</p>", "Øv to og to: Den ene spør, den andre svarer nei på en vennlig måte. Bytt."),
                _step("Hvis noe har gått galt", 10, "<p>Si det til en voksen du stoler på. Det er ikke din skyld.</p><p>Du kan også snakke med Kors på halsen.</p>", "Fortell hvem på skolen de kan gå til. Vær der litt etter timen.", "talk", "Et barn og en voksen snakker sammen."),
            ],
            "easy": [
                _easy("Noe kan alle få vite.", "heart"),
                _easy("Noe spør vi om først.", "talk"),
                _easy("Noe er bare for deg.", "lock"),
                _easy("Du bestemmer over bildet ditt.", "picture"),
                _easy("Du kan si nei.", "stop"),
                _easy("Si det til en voksen hvis noe er galt.", "talk"),
            ],
        },
    ),
    Text(
        "say-no", "resource", "du-kan-si-nei", "Du kan si nei: en billedbok om bilder",
        "For de minste: seks bilder og seks setninger å lese sammen.",
        (words("Les ett bilde om gangen, og la barnet fortelle hva det ser. Trykk på høyttaleren, eller les selv."),),
        "red-cross", 40, 400, under="learn",
        more={
            **_SAY_NO,
            "credit": "De frivillige i demonstrasjonen",
            "accessibility_notes": "Hver setning har en tegning og kan leses høyt av enheten din.",
            "easy": [
                ("heading", "Når noen vil ta bilde"),
                _easy("Noen vil ta et bilde av deg.", "phone"),
                _easy("Du kan si ja.", "heart"),
                _easy("Du kan si nei.", "stop"),
                ("heading", "Når noen vil dele"),
                _easy("Bildet er ditt.", "picture"),
                _easy("De må spørre deg først.", "talk"),
                _easy("Er noe vondt? Fortell det til en voksen.", "talk"),
            ],
        },
    ),
    Text(
        "true", "resource", "er-det-sant", "Er det sant? Fire spørsmål til et bilde",
        "Ungdommene lærer en fast måte å sjekke bilder og påstander på før de deler.",
        (words("Finn selv tre bilder fra uka som har gått. Minst ett av dem bør være ekte."),),
        "media-authority", 9, 200, under="learn",
        more={
            **_TRUE,
            "credit": "Opplysningsavdelingen i demonstrasjonen",
            "accessibility_notes": "Beskriv bildene du velger, høyt for klassen.",
            "lesson": [
                _step("Er det sant?", 5, "<p>Rekk opp hånda hvis du har delt noe som viste seg å ikke stemme.</p>", "Rekk opp hånda selv. Det er vanlig å bli lurt."),
                _step("Fire spørsmål", 15, _items("Hvem viser det til meg?", "Hvor kommer det fra?", "Hva vil de at jeg skal føle?", "Hva sier andre om det samme?"), "Vis det første bildet ditt, og still de fire spørsmålene sammen.", "magnifier"),
                _step("Nå er det dere", 25, "<p>Sjekk ett bilde i gruppen. Skriv ned hva dere fant, og hvor.</p>", "Gå rundt. Spør hvordan de vet det, ikke om de har rett."),
                _step("Hva gjør vi nå?", 15, "<p>Hva vil du gjøre neste gang du ser noe som gjør deg sint?</p>", "La hver elev si én ting. Ingen diskusjon."),
            ],
        },
    ),
    Text(
        "parents-evening", "resource", "foreldremote", "Foreldremøte om barn og nett",
        "Et opplegg på halvannen time som foreldrene gjør sammen, uten foredrag.",
        (words("Dere sitter i grupper på fire. Hver gruppe svarer på tre spørsmål og tar med én avtale hjem."),),
        "media-authority", 60, None, under="learn",
        more={
            "type": "presentation", "minutes": 90, "settings": ["class"], "topics": ["internet-usage"], "licence": "cc-by-nc-4.0",
            "audiences": ["parents-carers", "teachers-professionals"], "credit": "Opplysningsavdelingen i demonstrasjonen",
            "files": [_paper("foreldremote", "Spørsmål til gruppene", "nb", "Hva er barnet ditt glad i på nett?", "Hva er du redd for?", "Hva kan vi bli enige om i denne klassen?")],
        },
    ),
)  # fmt: skip

NORWAY_EN = (
    Text(
        "who-sees", "resource", "who-sees-what", "Who sees what? A lesson on sharing and privacy",
        "The class sorts what is fine to share, what to ask about first, and what is secret.",
        (words("The pupils need no screens. Print the worksheet, or draw three rings on the board."),),
        "media-authority", 20, 300, under="learn",
        more={
            **_WHO_SEES,
            "credit": "The demonstration's awareness team",
            "accessibility_notes": "The teacher reads aloud all that is on the screen. The drawings are explained in the text.",
            "files": [_paper("who-sees-what", "Worksheet: three rings", "en", "Everybody may know this about me:", "I ask about this first:", "This is only for me and those I trust:")],
            "lesson": [
                _step("Who sees what?", 5, "<p>Think of something that you told a friend yesterday.</p><p>Who else could have heard it?</p>", "Let the pupils think in silence first. Nobody has to tell what they thought of.", "eye"),
                _step("Three rings", 10, _items("Everybody may know it", "I ask first", "Only for me and those I trust"), "Hand out the worksheet. Do one together: my favourite animal."),
                _step("Where does it belong?", 10, _items("A picture of my cat", "A picture of my class", "My address", "My password", "That my friend is sad"), "There is more than one right answer. Ask: what if it was sent on?", "picture", "A picture of a person in a frame."),
                _step("Your picture is yours", 10, "<p>Whoever is in a picture says yes before anybody shares it.</p><p>You may say no. You may change your mind.</p>", "Practise in pairs: one asks, the other says no in a friendly way. Change over."),
                _step("When something went wrong", 10, "<p>Tell a grown-up whom you trust. It is not your fault.</p><p>You can also talk to Kors på halsen.</p>", "Say whom at school they can go to. Stay for a while after the lesson.", "talk", "A child and a grown-up talk."),
            ],
            "easy": [
                _easy("Some things everybody may know.", "heart"),
                _easy("Some things we ask about first.", "talk"),
                _easy("Some things are only for you.", "lock"),
                _easy("Your picture is yours.", "picture"),
                _easy("You can say no.", "stop"),
                _easy("Tell a grown-up when something is wrong.", "talk"),
            ],
        },
    ),
    Text(
        "say-no", "resource", "you-can-say-no", "You can say no: a picture book about pictures",
        "For the youngest: six pictures and six sentences to read together.",
        (words("Read one picture at a time, and let the child tell what it sees. Press the loudspeaker, or read yourself."),),
        "red-cross", 40, 400, under="learn",
        more={
            **_SAY_NO,
            "credit": "The demonstration's volunteers",
            "accessibility_notes": "Each sentence has a drawing and can be read aloud by your device.",
            "easy": [
                ("heading", "When somebody wants to take a picture"),
                _easy("Somebody wants to take your picture.", "phone"),
                _easy("You can say yes.", "heart"),
                _easy("You can say no.", "stop"),
                ("heading", "When somebody wants to share"),
                _easy("The picture is yours.", "picture"),
                _easy("They must ask you first.", "talk"),
                _easy("Does something hurt? Tell a grown-up.", "talk"),
            ],
        },
    ),
)  # fmt: skip

DENMARK_DA = (
    Text(
        "group", "resource", "gruppechatten", "Gruppechatten: en time om at være med",
        "Klassen laver sine egne aftaler for den fælles chat og øver sig i at sige fra.",
        (words("Timen passer godt, når klassen lige har fået en fælles chat, eller når der har været uro i den."),),
        "cfdp", 14, 300, under="learn",
        more={
            **_GROUP,
            "credit": "Demonstrationens undervisere",
            "accessibility_notes": "Kan gennemføres helt uden skærm.",
            "files": [_paper("gruppechatten", "Klassens aftaler", "da", "Sådan taler vi til hinanden:", "Det deler vi ikke:", "Når nogen bliver holdt udenfor, gør vi:")],
            "lesson": [
                _step("Hvad er en god chat?", 10, "<p>Tænk på en besked, der gjorde dig glad.</p>", "Lad to eller tre fortælle. Ingen navne.", "heart"),
                _step("Hvad går galt?", 10, _items("Nogen bliver ikke inviteret", "Et billede bliver sendt videre", "Alle skriver på én gang om aftenen"), "Tal om det, der kan ske, ikke om det, der er sket i klassen."),
                _step("Vores aftaler", 15, "<p>Skriv tre aftaler, som alle kan holde.</p>", "Del arket ud. Hæng aftalerne op.", "talk", "Et barn og en voksen taler sammen."),
                _step("Når det alligevel går galt", 10, "<p>Sig det til en voksen. Du er ikke en sladrehank.</p>", "Fortæl, hvem de kan gå til på skolen, og at de kan skrive til Cyberhus."),
            ],
            "easy": [
                _easy("En chat er til for alle i klassen.", "phone"),
                _easy("Vi skriver pænt til hinanden.", "heart"),
                _easy("Vi spørger, før vi deler et billede.", "picture"),
                _easy("Du må sige stop.", "stop"),
                _easy("Fortæl det til en voksen, hvis noget er forkert.", "talk"),
            ],
        },
    ),
    Text(
        "think-first", "resource", "stop-og-taenk", "Stop og tænk: en plakat til væggen",
        "Tre spørgsmål, før du trykker på send. Hæng den op ved siden af skærmen.",
        organisation="media-council", days_ago=50, review_in=500, under="learn",
        more={
            "type": "poster", "age_min": 7, "age_max": 12, "settings": ["class", "home"], "topics": ["conduct-related-issues"],
            "audiences": ["children-young-people", "parents-carers"], "licence": "cc-by-nd-4.0", "picture": Drawing("stop"),
            "credit": "Demonstrationens tegnere", "version": "1",
            "easy": [
                _easy("Er det sandt?", "magnifier"),
                _easy("Er det venligt?", "heart"),
                _easy("Har jeg spurgt?", "talk"),
            ],
        },
    ),
)  # fmt: skip

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": NORWAY_NB, "en": NORWAY_EN},
    "denmark": {"da": DENMARK_DA},
}
