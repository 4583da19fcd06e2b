"""Runs an image's program out of its mounted file system, and looks whether it does there what it should."""
import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "chaos"))
import scene  # noqa: E402

LIMIT_SECONDS = 90
DATA, OUT, INCOMING = "/var/lib/spexstream", "/srv/products", "/srv/incoming"

# Process 1 of a namespace of its own, the root file system read-only, volumes and /tmp to write in, the image's user,
# no capabilities. What stands in "$@" behind the first three is the command.
BOX = f"""
set -eu
root=$1 volumes=$2 user=$3; shift 3
mount --bind "$root" "$root"
mount --bind "$volumes/data" "$root{DATA}"
mount --bind "$volumes/out" "$root{OUT}"
mount --bind "$volumes/incoming" "$root{INCOMING}"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -o remount,bind,ro "$root"
exec chroot "$root" /usr/bin/setpriv --reuid="${{user%:*}}" --regid="${{user#*:}}" --clear-groups --inh-caps=-all \\
  --bounding-set=-all --no-new-privs -- "$@"
"""


class Image:
    def __init__(self, root, described):
        self.root = root
        self.config = described["Docker"]["config"]
        self.entry = self.config["Entrypoint"]
        self.user = self.config["User"]
        self.volumes = tempfile.mkdtemp(prefix="spex-image-")
        # As an engine fills a new volume: with the rights of the folder in the image.
        for name, place in (("data", DATA), ("out", OUT), ("incoming", INCOMING)):
            folder = os.path.join(self.volumes, name)
            known = os.stat(root + place)
            os.mkdir(folder)
            os.chown(folder, known.st_uid, known.st_gid)
            os.chmod(folder, known.st_mode & 0o7777)
        os.chmod(self.volumes, 0o755)

    def start(self, *command, environment=()):
        values = dict(pair.split("=", 1) for pair in [*self.config["Env"], *environment])
        return subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", BOX, "box", self.root, self.volumes,
             self.user, *command],
            env=values, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, *command, environment=()):
        process = self.start(*command, environment=environment)
        said, _ = process.communicate(timeout=LIMIT_SECONDS)
        return process.returncode, said

    def program(self, *arguments, environment=()):
        return self.run(*self.entry, *arguments, environment=environment)

    def path(self, *names):
        return os.path.join(self.volumes, *names)


class Report:
    """One line per check, and how many of them failed."""
    def __init__(self):
        self.failed = 0

    def check(self, what, holds, said=""):
        print(f"{'ok' if holds else 'FAILED':8}{what}", flush=True)
        if not holds:
            self.failed += 1
            print("        " + str(said).strip().replace("\n", "\n        "), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--image", required=True)
    given = parser.parse_args()
    with open(given.image, encoding="utf-8") as file:
        image = Image(given.root, json.load(file))
    report = Report()
    try:
        look(image, report)
        work(image, report)
        serve(image, report)
    finally:
        shutil.rmtree(image.volumes)
    print(f"{report.failed} checks failed" if report.failed else "the image does what it should")
    sys.exit(1 if report.failed else 0)


def look(image, report):
    report.check("the user is a number and not root", image.user.split(":")[0].isdigit() and image.user[0] != "0")
    code, said = image.run("/usr/bin/id", "-u")
    report.check("it runs as that user", code == 0 and said.strip() == image.user.split(":")[0], said)
    code, said = image.run("/bin/sh", "-c", "touch /etc/a || touch /opt/spexstream/a")
    report.check("nothing can be written beside volumes and /tmp", code != 0 and "Read-only" in said, said)
    code, said = image.run("/bin/sh", "-c", "command -v curl wget dotnet gcc npm")
    report.check("neither curl nor compilers nor an SDK are in it", said.strip() == "", said)
    code, said = image.program("--version")
    report.check("--version", code == 0 and said.strip()[:1].isdigit(), said)
    code, said = image.program("doctor", "--data", DATA, "--out", OUT)
    report.check("doctor", code == 0, said)
    print("        " + said.strip().replace("\n", "\n        "))


def work(image, report):
    raster = image.path("incoming", "scene.tif")
    scene.make(raster, 700, 500, seed=1)
    os.chmod(raster, 0o644)
    code, said = image.program(
        "process", f"{INCOMING}/scene.tif", "--bands", scene.BANDS, "--scale", "0.0001", "--radiometry", "sr",
        "--scene", "whole", "--out", OUT)
    masks = [os.path.exists(image.path("out", "whole", f"{name}.tif")) for name in ("water", "vegetation")]
    report.check("process writes products", code == 0 and all(masks), said)


def serve(image, report):
    """The daemon as process 1: ready, a pass of four strips, SIGTERM."""
    port, web = free_port(), free_port()
    broker = subprocess.Popen(
        ["mosquitto", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    settings = (f"SPEX_BROKER=mqtt://127.0.0.1:{port}", "SPEX_STATION=no-smoke", "SPEX_NODE=node-1",
                f"SPEX_HTTP={web}", "SPEX_HTTPADDRESS=127.0.0.1", "SPEX_MAXDATAAGEHOURS=0")
    daemon = image.start(*image.entry, *image.config["Cmd"], environment=settings)
    try:
        ask = image.config["Healthcheck"]["Test"]
        report.check("the health check needs no shell", ask[0] == "CMD", ask)
        said = wait_ready(image, daemon, ask[1:], settings)
        report.check("it gets ready by its own health check", said.strip() == "ready", said)
        os.chown(image.path("incoming"), int(image.user.split(":")[0]), -1)
        code, said = image.program(
            "submit", f"{INCOMING}/scene.tif", "--bands", scene.BANDS, "--scale", "0.0001", "--radiometry", "sr",
            "--broker", f"mqtt://127.0.0.1:{port}", "--station", "no-smoke", "--scene", "pass", "--strips", "4",
            "--spool", INCOMING)
        report.check("submit announces four strips", code == 0, said)
        code, said = image.program(
            "watch", "--broker", f"mqtt://127.0.0.1:{port}", "--station", "no-smoke", "--until-closed", "pass",
            "--timeout", "60")
        same = [pathlib.Path(image.path("out", name, "water.tif")).read_bytes() for name in ("whole", "pass")
                if os.path.exists(image.path("out", name, "water.tif"))]
        report.check("the pass has the mask of the whole", code == 0 and len(same) == 2 and same[0] == same[1], said)
        # unshare's child is process 1 inside; the signal goes to it as from an engine.
        os.kill(child_of(daemon.pid), signal.SIGTERM)
        said, _ = daemon.communicate(timeout=LIMIT_SECONDS)
        report.check("SIGTERM reaches process 1, which drains and ends with 0", daemon.returncode == 0, said)
    finally:
        if daemon.poll() is None:
            daemon.kill()
        broker.terminate()
        broker.wait()


def wait_ready(image, daemon, ask, settings):
    until = time.monotonic() + LIMIT_SECONDS
    while True:
        code, said = image.run(*ask, environment=settings)
        if code == 0 or time.monotonic() > until or daemon.poll() is not None:
            return said if daemon.poll() is None else daemon.communicate()[0]
        time.sleep(0.2)


def child_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return int(file.read().split()[0])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
