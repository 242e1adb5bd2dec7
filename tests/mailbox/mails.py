"""E-mails as programs send them."""

from email.message import EmailMessage
from email.utils import make_msgid

ADDRESS = "help@centre.example"
CHILD = "kim@home.example"


def mail(
    text: str = "somebody at school shares a picture of me",
    *,
    sender: str = CHILD,
    to: str = ADDRESS,
    subject: str = "Hi",
    html: str = "",
    files: int = 0,
    **headers: str,
) -> EmailMessage:
    """An e-mail as an honest program makes it; `headers` such as auto_submitted="auto-replied"."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Kim <{sender}>", to, subject
    message["Message-ID"] = headers.pop("message_id", make_msgid(domain="home.example"))
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for number in range(files):
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename=f"me{number}.png")
    return message
