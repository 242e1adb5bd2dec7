"""The `worker` process: background tasks."""

from havn.config import processes
from havn.config.serve import child


def main() -> None:
    """Work until SIGTERM."""
    processes.set_up_django()
    from havn.config.keeping import nightly
    from havn.tasks import worker

    nightly.register()
    child.give_way(child.BACKGROUND)
    child.ready()
    worker.run()


if __name__ == "__main__":
    main()
