"""Where the tests keep things: a folder of their own for each process, gone afterwards. Loaded before settings are.

DATABASE_URL chooses PostgreSQL. Without it SQLite is used as a file, never in memory: the threads and processes of
a test must meet in one database, and it must behave as the real one does.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="havn-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

os.environ["HAVN_DATA"] = str(_folder)
os.environ["HAVN_TEST_SQLITE"] = str(_folder / "test.sqlite3")
# The processes of one run inherit the first one's.
os.environ.setdefault("HAVN_TESTS_SHARED", str(_folder))
os.environ["HAVN_FRONT"] = "loopback"
for name in ("HAVN_DEMO", "HAVN_TRUSTED_PROXY", "HAVN_STATIC", "PORT"):
    os.environ.pop(name, None)
