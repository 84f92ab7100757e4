"""A PostgreSQL of one's own that is thrown away after use: no service, no port, no root.

``python tests/desk/postgres.py pytest tests/desk`` runs a command with the desk's tables in one;
``make tests-postgres`` does that for all tests of the desk.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PASSWORD = "s3cret-" + secrets.token_hex(6)


def why_not() -> str:
    """Return why no PostgreSQL can be started here; empty when one can."""
    if importlib.util.find_spec("psycopg") is None:
        return "no driver for PostgreSQL (pip install 'goodwill[postgres]')"
    if _programs() is None:
        return "no PostgreSQL found (Debian: postgresql)"
    return ""


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


@contextmanager
def cluster() -> Iterator[str]:
    """Start PostgreSQL on a socket in a folder of its own and give its address; stop it after.

    PostgreSQL refuses to run as root: then ``postgres``, or ``nobody``, runs it.
    """
    programs = _programs()
    assert programs is not None, why_not()
    who = None
    if os.geteuid() == 0:
        known = {each.pw_name for each in pwd.getpwall()}
        who = "postgres" if "postgres" in known else "nobody"
    with tempfile.TemporaryDirectory(prefix="goodwill-pg-") as name:
        folder = Path(name)
        word = folder / "password"
        word.write_text(PASSWORD)
        if who is not None:
            for path in (folder, word):
                shutil.chown(path, who)

        def run(program: str, *words: str) -> None:
            subprocess.run(
                [programs / program, *words], check=True, user=who, cwd=folder,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

        run("initdb", "-D", f"{name}/data", "-U", "goodwill", "--auth=scram-sha-256",
            f"--pwfile={word}", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8")  # fmt: skip
        options = f"-k {name} -c listen_addresses='' -c fsync=off -c shared_buffers=32MB"
        run("pg_ctl", "start", "-w", "-D", f"{name}/data", "-l", f"{name}/log", "-o", options)
        try:
            yield f"postgresql://goodwill:{PASSWORD}@/postgres?host={quote(name, safe='')}"
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", f"{name}/data")


def main() -> int:
    """Run the command that was given, with the desk's tables in PostgreSQL."""
    if reason := why_not():
        print(reason, file=sys.stderr)
        return 1
    with cluster() as address:
        told = {**os.environ, "GOODWILL_DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
