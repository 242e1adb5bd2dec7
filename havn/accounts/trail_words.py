"""What each entry of the audit trail says in words. Here, because audit and the apps that write entries know no screen.

An action without words is shown by its code, so that nothing on the trail is ever hidden.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDS = {
    "accounts.signed_in": _("Signed in"),
    "accounts.signed_out": _("Signed out"),
    "accounts.password.changed": _("Changed the password"),
    "accounts.second_factor.set_up": _("Set up the second step"),
    "accounts.second_factor.reset": _("Asked a member to set up the second step anew"),
    "accounts.recovery_codes.made": _("Made new recovery codes"),
    "accounts.invitation.made": _("Made a link for a member"),
    "accounts.invitation.withdrawn": _("Withdrew a link"),
    "accounts.invitation.accepted": _("Used a link to join"),
    "accounts.role.given": _("Gave a role"),
    "accounts.role.taken": _("Took a role away"),
    "accounts.member.removed": _("Removed a member"),
    "audit.cut": _("Entries over five years old were cut from the trail"),
    "backup.made": _("A backup was made"),
    "backup.destroyed": _("Backups past their seven days were destroyed"),
    "backup.restored": _("A backup was restored"),
    "centres.hours.changed": _("Changed the opening hours"),
    "centres.exception.added": _("Added an exception to the hours"),
    "centres.exception.removed": _("Removed an exception from the hours"),
    "centres.texts.approved": _("Approved a safety text"),
    "conversation.read": _("Read a talk"),
    "events.saved": _("Saved an event"),
    "events.published": _("Published an event"),
    "events.withdrawn": _("Made an event a draft again"),
    "events.cancelled": _("Cancelled an event"),
    "events.attendance.ticked": _("Ticked who came to an event"),
    "events.people.exported": _("Took out the list of people of an event"),
    "events.people.forgotten": _("People of an event past its time were destroyed"),
    "directory.entry.confirmed": _("Confirmed an entry of the directory"),
    "directory.entry.doubted": _("Said that an entry of the directory is wrong"),
    "directory.entry.changed": _("Changed facts of the directory"),
    "directory.point.saved": _("Changed a way to reach a service"),
    "directory.point.removed": _("Removed a way to reach a service"),
    "directory.confirmer.changed": _("Changed who confirms an entry of the directory"),
    "directory.doubt.opened": _("Noted a doubt in the directory"),
    "directory.doubt.settled": _("Settled a doubt in the directory"),
    "helpline.duty.started": _("Went on duty"),
    "helpline.duty.ended": _("Went off duty"),
    "helpline.turn.taken": _("Took a talk"),
    "helpline.transfer.accepted": _("Took over a talk"),
    "helpline.risk.imminent": _("Set a talk to imminent danger"),
    "helpline.talk.destroyed": _("A talk was deleted before its time"),
    "helpline.retention.purged": _("Talks past their time were destroyed"),
    "helpline.hold.asked": _("Asked to keep a talk longer"),
    "helpline.hold.confirmed": _("Confirmed that a talk is kept longer"),
    "helpline.hold.released": _("Let a talk go that was kept longer"),
    "helpline.settings.changed": _("Changed the settings of the helpline"),
    "helpline.answer.saved": _("Saved a ready answer"),
    "helpline.answer.removed": _("Removed a ready answer"),
    "helpline.link.saved": _("Saved a page for children"),
    "helpline.link.removed": _("Removed a page for children"),
    "keeping.tidied": _("Old tasks, links and sign-in counts were destroyed"),
    "vault.team.set_up": _("Set up the service's key"),
    "vault.team.rotated": _("Changed the service's key"),
    "vault.team.resealed": _("Brought stored talks to the new key"),
    "vault.team.forgotten": _("An old key was destroyed"),
    "vault.member.let_in": _("Let a member in to the key"),
    "vault.member.removed": _("Took a member out of the key"),
    "vault.staff_key.replaced": _("Got a new key of their own"),
    "vault.recovery.made": _("Made a recovery key"),
    "vault.recovery.confirmed": _("Confirmed the recovery key"),
    "vault.recovery.used": _("Opened the service with the recovery key"),
    "vault.recovery.refused": _("Typed a wrong recovery key"),
}


def words_of(action: str) -> str:
    """The words for an action in the reader's language; its code when it has none."""
    return gettext(WORDS[action]) if action in WORDS else action
