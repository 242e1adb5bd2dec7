"""The vault's entries on the audit trail, all of one shape. Codes and row numbers, never a key."""

from havn.audit.api import record
from havn.tenancy.models import Service


def tell(service: Service, actor_id: int | None, action: str, *, user_id: int | None = None, talks: int = 0) -> None:
    """Add an entry in the caller's transaction. Last in an action: it locks the centre's chain until the commit.

    `user_id` is the member it was done to, `talks` how many talks it touched.
    """
    codes = {"talks": talks} if talks else {}
    record(
        centre_id=service.organisation.centre_id,
        action=action,
        actor_id=actor_id,
        service_id=service.id,
        subject=f"user:{user_id}" if user_id else "",
        **codes,
    )
