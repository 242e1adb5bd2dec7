"""The `worker` process: background tasks, and the mailboxes that e-mails are fetched from."""

from havn.config import processes
from havn.config.serve import child


def main() -> None:
    """Work until SIGTERM."""
    processes.set_up_django()
    from havn.config.keeping import nightly
    from havn.mailbox.collecting import Collector
    from havn.tasks import worker

    nightly.register()
    child.give_way(child.BACKGROUND)
    child.ready()
    mailboxes = Collector()
    mailboxes.start()
    worker.run()
    mailboxes.stop()


if __name__ == "__main__":
    main()
