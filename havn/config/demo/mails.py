"""E-mails of the demo: one that waits among the letters, its receipt in the outbox. Nothing is fetched or sent."""

from email.message import EmailMessage

from havn.centres.models import ContactPoint
from havn.common.clock import now_ms
from havn.mailbox.actions.receiving import take_mails
from havn.mailbox.models import Mailbox
from havn.tenancy.models import Service

WORDS = {
    "en": (
        "my friend",
        "My best friend sends pictures to someone she has never met. She says he is sixteen. I have promised not to "
        "tell anyone, but I am scared for her. What can I do?",
    ),
    "nb": (
        "venninna mi",
        "Bestevenninna mi sender bilder til en hun aldri har møtt. Hun sier at han er seksten. Jeg har lovet å ikke si "
        "det til noen, men jeg er redd for henne. Hva kan jeg gjøre?",
    ),
    "da": (
        "min veninde",
        "Min bedste veninde sender billeder til en hun aldrig har mødt. Hun siger at han er seksten. Jeg har lovet "
        "ikke at sige det til nogen, men jeg er bange for hende. Hvad kan jeg gøre?",
    ),
}


def make_mails(service: Service) -> None:
    """Give a helpline that answers letters an address, and an e-mail, once. Its keys must be set up."""
    if not ContactPoint.objects.filter(service=service, channel="letter").exists():
        return
    _box, new = Mailbox.objects.get_or_create(pk=service.pk, defaults={"address": f"help@{service.slug}.example"})
    language = next((code for code in service.languages if code in WORDS), "")
    if not new or not language:
        return
    message = EmailMessage()
    message["From"], message["To"] = "Kim <kim@home.example>", f"help@{service.slug}.example"
    message["Subject"], text = WORDS[language]
    message["Message-ID"], message["Content-Language"] = f"<{service.pk}@home.example>", language
    message.set_content(text)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="chat.png")
    take_mails(service, [message.as_bytes()], now_ms=now_ms())
