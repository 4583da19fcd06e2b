"""Runs the images of a node and of its broker, mounted as they are, and looks whether they do there what they should."""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import box

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent / "chaos"))
import scene  # noqa: E402

DATA, OUT, INCOMING = "/var/lib/spexstream", "/srv/products", "/srv/incoming"
STATION = "no-svalbard"  # the one of the broker's rights
PICTURE = ("--bands", scene.BANDS, "--scale", "0.0001", "--radiometry", "sr")


class Report:
    """One line per check, and how many of them failed."""
    def __init__(self):
        self.failed = 0

    def check(self, what, holds, said=""):
        print(f"{'ok' if holds else 'FAILED':8}{what}", flush=True)
        if not holds:
            self.failed += 1
            self.tell(said)

    @staticmethod
    def tell(said):
        print("        " + str(said).strip().replace("\n", "\n        "), flush=True)


class Node:
    """The box of the daemon, with its volumes and its program."""
    def __init__(self, container, secrets):
        self.box = container
        self.entry = container.config["Entrypoint"]
        container.volume(DATA)
        self.out, self.incoming = container.volume(OUT), container.volume(INCOMING)
        # Whoever announces writes here; the daemon only reads.
        os.chown(self.incoming, *container.ids())
        for name in ("broker_spexstream", "broker_receiver", "broker_viewer"):
            container.secret(f"/run/secrets/{name}", os.path.join(secrets, name))

    def program(self, *arguments):
        return self.box.run(*self.entry, *arguments)

    def client(self, verb, user, *arguments):
        return self.program(verb, *arguments, "--broker", "mqtt://127.0.0.1:1883", "--station", STATION, "--user", user,
                            "--password-file", f"/run/secrets/broker_{user}")


def main():
    parser = argparse.ArgumentParser()
    for name in ("--root", "--image", "--broker-root", "--broker-image"):
        parser.add_argument(name, required=True)
    parser.add_argument("--runtime", action="append", required=True, help="of the daemon; once for each to be tried")
    given = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="spex-secrets-") as secrets:
        subprocess.run([sys.executable, HERE.parents[2] / "deploy/make-secrets.py", secrets], check=True)
        os.chmod(secrets, 0o755)
        broker = box.Box(given.broker_root, given.broker_image)
        broker.volume("/var/lib/mosquitto")
        broker.secret("/etc/mosquitto/spexstream.passwd", os.path.join(secrets, "broker_users"))
        node = Node(box.Box(given.root, given.image), secrets)
        try:
            look(node, report)
            work(node, report)
            for runtime in given.runtime:
                serve(node, broker, runtime, report)
        finally:
            node.box.close()
            broker.close()
    print(f"{report.failed} checks failed" if report.failed else "the images do what they should")
    sys.exit(1 if report.failed else 0)


def look(node, report):
    user = node.box.user.split(":")[0]
    report.check("the user is a number and not root", user.isdigit() and user != "0", node.box.user)
    code, said = node.box.run("/usr/bin/id", "-u")
    report.check("it runs as that user", code == 0 and said.strip() == user, said)
    code, said = node.box.run("/bin/sh", "-c", "touch /etc/a || touch /opt/spexstream/a")
    report.check("nothing can be written beside volumes and /tmp", code != 0 and "Read-only" in said, said)
    code, said = node.box.run("/bin/sh", "-c", "command -v curl wget dotnet gcc npm")
    report.check("neither curl nor compilers nor an SDK are in it", said.strip() == "", said)
    code, said = node.program("--version")
    report.check("--version", code == 0 and said.strip()[:1].isdigit(), said)
    code, said = node.program("doctor", "--data", DATA, "--out", OUT)
    report.check("doctor", code == 0, said)
    report.tell(said)


def work(node, report):
    raster = os.path.join(node.incoming, "scene.tif")
    scene.make(raster, 700, 500, seed=1)
    os.chmod(raster, 0o644)
    code, said = node.program("process", f"{INCOMING}/scene.tif", *PICTURE, "--scene", "whole", "--out", OUT)
    masks = [os.path.exists(os.path.join(node.out, "whole", f"{name}.tif")) for name in ("water", "vegetation")]
    report.check("process writes products", code == 0 and all(masks), said)


def serve(node, broker, runtime, report):
    """The daemon as process 1: ready, a pass of four strips, SIGTERM."""
    one = f"pass-{runtime}"
    serving = broker.start(*broker.config["Entrypoint"])
    settings = ("SPEX_BROKER=mqtt://127.0.0.1:1883", f"SPEX_STATION={STATION}", "SPEX_NODE=node-1",
                f"SPEX_RUNTIME={runtime}", "SPEX_MAXDATAAGEHOURS=0", "SPEX_USER=spexstream",
                "SPEX_PASSWORDFILE=/run/secrets/broker_spexstream")
    ask = broker.config["Healthcheck"]["Test"]
    code, said = until_0(broker, serving, ["/bin/sh", "-c", ask[1]])
    report.check("the broker is well by its own health check", code == 0, said)
    daemon = node.box.start(*node.entry, *node.box.config["Cmd"], environment=settings)
    try:
        ask = node.box.config["Healthcheck"]["Test"]
        report.check("the daemon's health check needs no shell", ask[0] == "CMD", ask)
        code, said = until_0(node.box, daemon, ask[1:])
        report.check(f"the daemon gets ready by its own health check, runtime {runtime}", said.strip() == "ready", said)
        akka = not daemon.has_ended() and daemon.loaded("Akka.dll")
        report.check(f"it runs {'with' if akka else 'without'} Akka.NET", akka == (runtime == "akka"), daemon.said())
        code, said = node.client(
            "submit", "receiver", f"{INCOMING}/scene.tif", *PICTURE, "--scene", one, "--strips", "4", "--spool",
            INCOMING)
        report.check("submit announces four strips", code == 0, said)
        code, said = node.client("watch", "viewer", "--until-closed", one, "--timeout", "60")
        masks = [os.path.join(node.out, name, "water.tif") for name in ("whole", one)]
        same = code == 0 and all(map(os.path.exists, masks)) and read(masks[0]) == read(masks[1])
        report.check("the pass has the mask of the whole", same, said)
        code, said = daemon.end()
        report.check("SIGTERM reaches process 1, which drains and ends with 0", code == 0, said)
        code, said = serving.end()
        report.check("SIGTERM ends the broker", code == 0, said)
    finally:
        daemon.kill()
        serving.kill()


def until_0(container, process, ask):
    """Asks until it is well, or the process ended, which then tells why."""
    until = time.monotonic() + box.LIMIT_SECONDS
    while True:
        code, said = container.run(*ask)
        if process.has_ended():
            return 1, process.said()
        if code == 0 or time.monotonic() > until:
            return code, said
        time.sleep(0.2)


def read(path):
    return pathlib.Path(path).read_bytes()


if __name__ == "__main__":
    main()
