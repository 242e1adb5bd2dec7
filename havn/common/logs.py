"""Log lines that cannot carry what a child wrote: the message's own words and where an error arose, no values."""

import logging
import traceback


class QuietFormatter(logging.Formatter):
    """Time, level, logger and sentence. Of an exception only its type and the places in the code, never its text:
    database drivers and parsers like to quote the value that offended them."""

    def format(self, record: logging.LogRecord) -> str:
        moment = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        # Django's own line about a failed page names its address, which may hold the secret of an invitation.
        sentence = "A page could not be answered." if record.name == "django.request" else record.getMessage()
        line = f"{moment} {record.levelname} {record.name}: {sentence}"
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            places = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
            line += f" [{type(error).__name__} at {places}]"
        return line
