"""What a database's exception means for the writer, in one word."""

_FULL = ("disk is full", "disk full", "no space", "disk i/o error", "could not extend")
_LOCKED = ("database is locked", "database table is locked", "database is busy")


def of(error: BaseException) -> str:
    """ "locked", "full", "deadlock", "broken" (the connection), "stored before", or "unknown"."""
    names = {kind.__name__ for kind in type(error).__mro__}
    text = str(error).lower()
    if names & {"UniqueViolation"} or "stored before" in text:
        return "stored before"
    if names & {"DiskFull"} or any(words in text for words in _FULL):
        return "full"
    if names & {"LockNotAvailable"} or any(words in text for words in _LOCKED):
        return "locked"
    if names & {"DeadlockDetected", "SerializationFailure"}:
        return "deadlock"
    if names & {"OperationalError", "InterfaceError"}:
        return "broken"
    return "unknown"
