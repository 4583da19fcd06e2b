"""A PostgreSQL of its own in a namespace, and questions to the journal in it."""
import glob
import os
import shutil
import signal
import subprocess

from net import DATABASE_PORT as PORT, HUB_ADDRESS, Net
from rig import Failed, wait_for

USER = "postgres"


class Database:
    """Made anew in a folder; ended by its process."""

    def __init__(self, net, folder):
        self.net, self.folder = net, folder
        self.process = None
        self._has_answered = False

    def __enter__(self):
        os.makedirs(self.folder)
        shutil.chown(self.folder, USER, USER)
        subprocess.run(
            self._as_user(_program("initdb"), "-D", f"{self.folder}/data", "-U", "spex", "--auth=trust",
                          "--encoding=UTF8", "--locale=C", "--no-sync"), check=True, capture_output=True)
        with open(f"{self.folder}/data/pg_hba.conf", "a", encoding="utf-8") as rights:
            rights.write("host all all 10.99.0.0/24 trust\n")
        self.start()
        self.ask("CREATE DATABASE journal", database="postgres")
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            # At once: nobody reads it any more.
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def start(self):
        with open(f"{self.folder}/log", "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                self._as_user(_program("postgres"), "-D", f"{self.folder}/data", "-p", str(PORT), "-k", self.folder,
                              "-c", f"listen_addresses={HUB_ADDRESS}", "-c", "max_connections=200"),
                stdout=log, stderr=log)
        wait_for("the database", lambda: self._ask("SELECT 1", "postgres").returncode == 0)

    def stop(self):
        """Ends it in order, whoever is connected; nobody finds it until it is started again."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    @property
    def address(self):
        return f"postgres://spex@{HUB_ADDRESS}:{PORT}/journal"

    def ask(self, question, database="journal"):
        """Rows of an answer, as lists of text; none until the tables are there, and a fault where they are not any
        more or have other names."""
        answer = self._ask(question, database)
        if answer.returncode == 0:
            self._has_answered |= "spexstream." in question
            return [line.split("\x1f") for line in answer.stdout.splitlines() if line]
        if "does not exist" in answer.stderr and not self._has_answered:
            return []
        raise Failed(f"the database does not answer: {answer.stderr.strip()}")

    def _ask(self, question, database):
        return subprocess.run(
            Net.command(self.net.hub, "psql", "-h", HUB_ADDRESS, "-p", str(PORT), "-U", "spex", "-d", database, "-qAt",
                        "-F", "\x1f", "-c", question), check=False, capture_output=True, text=True)

    def _as_user(self, *command):
        return Net.command(self.net.hub, "setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command)


def _program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    if not found:
        raise Failed(f"PostgreSQL's {name} is missing; install the package postgresql")
    return found[-1]
