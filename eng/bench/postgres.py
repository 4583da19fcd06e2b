"""A PostgreSQL of its own on the loopback, as Debian ships it: what it answers as committed is on the disk."""
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time

from latency import free_port

USER = "postgres"
START_LIMIT_SECONDS = 30


class Postgres:
    """Made anew in a folder; ended by its process."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        # Beside the data, whose path may be too long for the name of a socket.
        self.socket = tempfile.mkdtemp(prefix="spex-bench-")

    def __enter__(self):
        os.makedirs(self.folder)
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER, USER)
            shutil.chown(self.socket, USER, USER)
        data = os.path.join(self.folder, "data")
        subprocess.run(_as_user(_program("initdb"), "-D", data, "-U", "spex", "--auth=trust", "--encoding=UTF8",
                                "--locale=C", "--no-sync"), check=True, capture_output=True, cwd="/")
        with open(os.path.join(self.folder, "log"), "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                _as_user(_program("postgres"), "-D", data, "-p", str(self.port), "-k", self.socket,
                         "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on", "-c", "synchronous_commit=on"),
                stdout=log, stderr=log, cwd="/")
        limit = time.monotonic() + START_LIMIT_SECONDS
        while self._ask("SELECT 1").returncode != 0:
            if time.monotonic() > limit or self.process.poll() is not None:
                raise SystemExit(f"PostgreSQL does not start; see {self.folder}/log")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        shutil.rmtree(self.socket)

    def new(self, name):
        """The address of an empty database."""
        made = self._ask(f"CREATE DATABASE {name}")
        if made.returncode != 0:
            raise SystemExit(f"PostgreSQL makes no database: {made.stderr.strip()}")
        return f"postgres://spex@127.0.0.1:{self.port}/{name}"

    def _ask(self, question):
        return subprocess.run(
            ["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "spex", "-d", "postgres", "-qAt", "-c", question],
            check=False, capture_output=True, text=True)


def _as_user(*command):
    """It refuses to run as root."""
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]


def _program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    if not found:
        raise SystemExit(f"PostgreSQL's {name} is missing; install the package postgresql")
    return found[-1]
