"""A queue that moves: once a second the one who waits longest leaves it, by the product's own tables and beacon."""

import os
import time


def main() -> None:
    """Until killed. HAVN_DATA names the installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from havn.helpline.models import Turn
    from havn.live import api as live

    while True:
        started = time.monotonic()
        turn = Turn.objects.filter(state=Turn.State.WAITING).order_by("waiting_since_ms").first()
        if turn is not None:
            with transaction.atomic():
                Turn.objects.filter(pk=turn.pk).update(state=Turn.State.LEFT)
                live.bump(f"queue:{turn.service_id}")
        time.sleep(max(0.0, 1 - (time.monotonic() - started)))


if __name__ == "__main__":
    main()
