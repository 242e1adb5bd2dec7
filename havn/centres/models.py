"""What a centre tells the public: where it answers, when, and in whose words."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from havn.tenancy.models import Centre, Service


class Channel(models.TextChoices):
    """A way to reach a service. Opening hours are kept per service and channel."""

    CHAT = "chat", "Chat"
    PHONE = "phone", "Phone"
    LETTER = "letter", "Letter"
    TEXT = "text", "Text message"
    REPORT = "report", "Report"
    MAIL = "mail", "E-mail"
    PAGE = "page", "Website"
    FORM = "form", "Form on the web"
    FORUM = "forum", "Forum"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    APP = "app", "App"
    VISIT = "visit", "Meeting in person"


class StaffGroup(models.TextChoices):
    """Who answers. Blank: not known."""

    VOLUNTEERS = "volunteers", "Volunteers"
    PROFESSIONALS = "professionals", "Professionals"
    POLICE = "police", "The police"


class ContactPoint(models.Model):
    """One way to reach a service. A chat, letter or report without `url` is a page of our own.

    Of a centre that does not run here, a point without number, address and mail is one that is said to exist while
    nobody told where. A number that stands only at a point for text messages takes no calls.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contact_points")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    label = models.CharField(max_length=120, blank=True, help_text="Its own name, when it has one.")
    number = models.CharField(max_length=30, blank=True)
    menu = models.CharField(max_length=20, blank=True, help_text='Keys to press after the number answers, such as "3".')
    url = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    note = models.JSONField(default=dict, help_text="Language code to one short sentence.")
    languages = models.JSONField(default=list, blank=True, help_text="Only where they differ from the service's.")
    staff_group = models.CharField(max_length=15, blank=True, choices=StaffGroup.choices)
    free = models.BooleanField(
        null=True, blank=True, default=None, help_text="Costs the person nothing. Empty: not known."
    )
    emergency = models.BooleanField(default=False, help_text="Answers at once, day and night, when life is at risk.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.service} · {self.get_channel_display()}"


class ChannelSettings(models.Model):
    """How one channel of one service opens, beside its hours. No row: as the hours say, closed without any."""

    class OnHolidays(models.TextChoices):
        USUAL = "usual", "As usual"
        SUNDAY = "sunday", "As on a Sunday"
        CLOSED = "closed", "Closed"
        OWN = "own", "Hours of its own"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="channel_settings")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    always_open = models.BooleanField(default=False, help_text="Day and night, every day of the year.")
    stop_admitting_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="New talks stop so many minutes before closing, so that talks can end."
    )
    on_holidays = models.CharField(max_length=6, choices=OnHolidays.choices, default=OnHolidays.USUAL)
    holiday_opens = models.TimeField(null=True, blank=True)
    holiday_closes = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "channel"], name="channel_settings_once"),
            models.CheckConstraint(
                condition=~Q(on_holidays="own") | Q(holiday_opens__isnull=False, holiday_closes__isnull=False),
                name="own_holiday_hours_are_given",
            ),
        ]


class OpeningRule(models.Model):
    """Hours that come back every week. Closing at or before opening means the next day; equal means 24 hours."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opening_rules")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_of_a_week"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_ends_after_it_begins",
            ),
        ]


class OpeningException(models.Model):
    """Dates on which the week does not count: closed (no hours), or other hours."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="opening_exceptions")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    first = models.DateField()
    last = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True, help_text="Shown to the public.")

    class Meta:
        ordering = ["first", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="exception_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(opens__isnull=False, closes__isnull=False),
                name="exception_hours_come_in_pairs",
            ),
        ]


class CentreTexts(models.Model):
    """What the pages on privacy and accessibility must say of this very centre."""

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="texts")
    controller = models.CharField(max_length=200, help_text="Who answers for the data, by law.")
    data_officer_email = models.EmailField(blank=True)
    complaint_name = models.CharField(max_length=120, help_text="The data protection authority.")
    complaint_url = models.URLField()
    feedback_email = models.EmailField(help_text="Where to say that a page does not work for somebody.")
    accessibility_authority = models.CharField(max_length=120, blank=True)
    accessibility_authority_url = models.URLField(blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="When the accessibility was last tested.")


class CentreTheme(models.Model):
    """A centre's own colours and logo. An empty colour is Havn's own; the colours passed the check of contrast."""

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="theme")
    accent = models.CharField(max_length=7, blank=True)
    lamp = models.CharField(max_length=7, blank=True)
    ink = models.CharField(max_length=7, blank=True)
    ground = models.CharField(max_length=7, blank=True)
    logo = models.BinaryField(default=b"", help_text="A small PNG of our own making; empty: Havn's mark.")
    next_logo = models.BinaryField(default=b"", help_text="Uploaded and not shown to the public yet.")


class ApprovedText(models.Model):
    """A person's word that a safety text is right in a language. Without it English stands beside the text."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="approved_texts")
    key = models.SlugField(max_length=60)
    language = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64, help_text="Of the words approved: changed words need a new look.")
    approved_by = models.CharField(max_length=120, help_text="Who approved, in words the public may read.")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "key", "language"], name="text_approved_once")]


class SignSite(models.Model):
    """A site of the centre's own, or one that it trusts, on which its films in sign language may lie."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="sign_sites")
    host = models.CharField(max_length=253)

    class Meta:
        ordering = ["host"]
        constraints = [models.UniqueConstraint(fields=["centre", "host"], name="sign_site_once")]

    def __str__(self) -> str:
        return self.host


class SignVideo(models.Model):
    """A film that says in sign language what a page says. It is linked to, never shown or fetched by a page of ours."""

    class Place(models.TextChoices):
        START = "start", "The start of a chat"
        WAITING = "waiting", "The waiting room"
        LETTER = "letter", "The letter"
        PRIVACY = "privacy", "The page on privacy"

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="sign_videos")
    service = models.ForeignKey(
        Service,
        null=True,
        on_delete=models.CASCADE,
        related_name="sign_videos",
        help_text="Only for those who came for this service; none: for all.",
    )
    place = models.CharField(max_length=8, choices=Place.choices)
    language = models.CharField(max_length=8, help_text="Subtag of the sign language, such as nsl (BCP 47).")
    title = models.CharField(max_length=120)
    address = models.CharField(max_length=300, help_text="A path of this site, or https:// on a named site.")

    class Meta:
        ordering = ["language", "id"]

    def __str__(self) -> str:
        return self.title
