"""Deleting a whole form that nobody ever used: by mistake made, or never needed."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.errors import NotAllowed, Refused
from havn.forms.models import DraftStep, Form, FormVersion
from havn.forms.permissions import check_can_write
from havn.forms.queries import is_used


@transaction.atomic
def delete_form(*, actor: User, form: Form) -> None:
    """Destroy a form of the centre with all its versions. Refused once anything was asked or kept with one of them."""
    if form.centre is None:
        raise NotAllowed(_("This form comes with Havn. It stays."))
    check_can_write(actor, form.centre)
    Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if is_used(form):
        raise Refused(_("This form was used. It stays, so that everybody knows what was asked."))
    DraftStep.objects.filter(version__form=form).delete()
    record(centre_id=form.centre.pk, actor_id=actor.pk, action="forms.form.deleted", subject=f"form:{form.pk}")
    # The form first: a version in use goes only after it (guards.py). Keys are looked at when all is done.
    with connection.cursor() as cursor:
        for table, column in ((Form._meta.db_table, "id"), (FormVersion._meta.db_table, "form_id")):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {quoted} WHERE {column} = %s", [form.pk])
