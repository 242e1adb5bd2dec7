"""Staff and volunteers. Visitors have no account."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from havn.common.ids import RandomIdField
from havn.tenancy.models import Organisation


class UserManager(BaseUserManager["User"]):
    """Makes users; there is no superuser, since administrators hold no keys either."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff or a volunteer. `shown_name` is the only name a visitor ever reads.

    What one may do follows from memberships alone. Groups are only a copy of them, for the editor of pages.
    """

    # Random, so that keys can be bound to it before the row is stored, and so that it tells no order.
    id = RandomIdField()
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    shown_name = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en", help_text="Of the screens.")
    speaks = models.JSONField(default=list, help_text="Languages they can answer in.")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "shown_name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self) -> str:
        return self.name

    @property
    def email(self) -> str:
        """None is kept. The editor asks before it would write to somebody, and then does not."""
        return ""


class Role(models.TextChoices):
    """What a person may do in one organisation's services. The readable table is in `permissions.py`."""

    COUNSELLOR = "counsellor", gettext_lazy("Counsellor")
    SUPERVISOR = "supervisor", gettext_lazy("Supervisor")
    COORDINATOR = "coordinator", gettext_lazy("Coordinator")
    EDITOR = "editor", gettext_lazy("Editor")
    PUBLISHER = "publisher", gettext_lazy("Publisher")
    DATA_OFFICER = "data_officer", gettext_lazy("Data officer")
    EARLY_WARNING = "early_warning", gettext_lazy("Early-warning group")
    ADMINISTRATOR = "administrator", gettext_lazy("Administrator")


class Membership(models.Model):
    """One role of one person in one organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=15, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="role_once")]


class Invitation(models.Model):
    """A link that works once and for 72 hours. The link's secret is shown to copy and kept only as a hash.

    With `user` it is a second chance for a member who lost the password: a new password, a new key pair.
    """

    id = RandomIdField()
    token_hash = models.BinaryField(max_length=32, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    roles = models.JSONField(default=list)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="second_chances")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invitations_made")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class StaffSession(models.Model):
    """A browser in which somebody is signed in. What browser and where from is not known here."""

    id = RandomIdField()
    id_hash = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the cookie's value.")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_sessions")
    data = models.TextField(default="{}")
    created_at = models.DateTimeField()
    active_at = models.DateTimeField(help_text="When the person last did something.")
    second_factor_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    private_key_nonce = models.BinaryField(null=True)
    private_key_sealed = models.BinaryField(null=True, help_text="Under the second cookie, which is kept nowhere.")
    is_demo = models.BooleanField(default=False, help_text="Opened by one press on the demo: no second factor.")

    class Meta:
        indexes = [models.Index(fields=["user", "second_factor_at"], name="sessions_of_user")]


class SecondFactor(models.Model):
    """The shared secret of an authenticator app, sealed to the server's key. A new app waits beside the one in use."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret_sealed = models.BinaryField(null=True, help_text="None until the first app is confirmed.")
    waiting_sealed = models.BinaryField(null=True, help_text="Shown, and not confirmed yet.")
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0, help_text="Time step of the last code taken; none works twice.")

    @property
    def in_use(self) -> bool:
        """Whether a code of the app is asked for at sign-in."""
        return self.secret_sealed is not None


class RecoveryCode(models.Model):
    """One of ten codes that stand in for the authenticator app once each."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)


class SignInThrottle(models.Model):
    """How long to wait after wrong tries. The key is a keyed hash of the name that was typed, known or not."""

    key_hash = models.BinaryField(primary_key=True, max_length=32)
    failures = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(db_index=True)
