"""Make `.venv` from a hash-locked list: `python3 tools/environment.py run` (or `develop`).

Done again only when the list or the Python changed. Written so that an old Python can read it and say so.
"""

import hashlib
import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Havn needs Python 3.11 or newer; %s is %d.%d. Name a newer one: make PYTHON=python3.12"  # noqa: UP031
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
INSIDE = os.path.join(VENV, "bin", "python")


def main(kind: str) -> None:
    """Make or renew the environment of this kind. The larger one (develop) serves both."""
    if kind == "run" and _stamp("develop") == _wanted("develop"):
        return
    if _stamp(kind) == _wanted(kind):
        return
    if not os.access(ROOT, os.W_OK):
        sys.exit(f"Havn cannot write to {ROOT}: clone it to a folder of your own.")
    try:
        _make(kind)
    except OSError as error:
        sys.exit(f"The environment could not be made in {VENV}: {error.strerror}. `make clean` starts afresh.")
    except subprocess.CalledProcessError:
        sys.exit("The libraries could not be installed. The lines above say why; `make clean` starts afresh.")


def _make(kind: str) -> None:
    lock = _lock(kind)
    with open(lock) as file:
        count = sum(1 for line in file if "==" in line and not line.startswith((" ", "#")))
    print(f"Making the environment: {count} libraries, checked against their hashes (once).", flush=True)
    usable = os.path.exists(INSIDE) and subprocess.run([INSIDE, "-c", ""], check=False).returncode == 0
    if not usable:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    install = [INSIDE, "-m", "pip", "install", "--require-hashes", "--prefer-binary", "--no-deps", "-r", lock]
    _follow([*install, "--disable-pip-version-check", "--progress-bar", "off"], count)
    # The package itself is used from the clone: one path and one command, nothing built.
    place = subprocess.run(
        [INSIDE, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    _write(os.path.join(place, "havn-clone.pth"), ROOT + "\n")
    command = os.path.join(VENV, "bin", "havn")
    _write(command, f"#!{INSIDE}\nimport sys\nfrom havn.config.command import main\nsys.exit(main())\n")
    os.chmod(command, 0o755)
    _write(os.path.join(VENV, f"havn-{kind}"), _wanted(kind))
    print("The environment is made.", flush=True)


def _follow(install: list[str], count: int) -> None:
    """Run pip, saying every few libraries how far it is instead of everything that it says."""
    done = 0
    with subprocess.Popen(install, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith(("Collecting ", "Requirement already")):
                done += 1
                if done % 7 == 0 or done == count:
                    print(f"  fetched {done} of {count}", flush=True)
            elif line.startswith("Installing"):
                print("  installing", flush=True)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, install)


def _lock(kind: str) -> str:
    return os.path.join(ROOT, "requirements", f"{kind}.txt")


def _wanted(kind: str) -> str:
    with open(_lock(kind), "rb") as file:
        return hashlib.sha256(file.read() + ROOT.encode()).hexdigest()


def _stamp(kind: str) -> str:
    try:
        with open(os.path.join(VENV, f"havn-{kind}")) as file:
            return file.read() if os.path.exists(INSIDE) else ""
    except OSError:
        return ""


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
