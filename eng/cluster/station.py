"""One broker, one database, several daemons that share the work, each in a namespace of its own."""
import json
import os
import signal
import subprocess

from database import Database
from net import HUB_ADDRESS, Net
from rig import BROKER_CONF, INPUT, STATION, TILE, Failed, Heard, wait_for, whole_lines
from runtimes import RUNTIMES, Supervisor
from times import Times

BROKER_PORT = 1883
HTTP = 8090
READY_SECONDS = 90
# A node answers, with a status that is no success.
REFUSES = 4


class Station:
    """All processes of one run, in a folder of its own."""

    def __init__(self, folder, program, nodes, runtime, more=(), environment=None, spool=None):
        self.folder, self.program, self.runtime, self.more = folder, program, runtime, list(more)
        self.environment, self.spool = environment or {}, spool or self.path("in")
        os.makedirs(self.spool, exist_ok=True)
        for name in ("broker", "out", *(f"data-{number}" for number in range(1, nodes + 1))):
            os.makedirs(self.path(name))
        with open(self.path("broker", "mosquitto.conf"), "w", encoding="utf-8") as conf:
            conf.write(BROKER_CONF.format(port=BROKER_PORT, folder=self.path("broker"))
                       .replace("127.0.0.1", HUB_ADDRESS))
        self.net = Net(nodes)
        self.database = Database(self.net, self.path("database"))
        self.nodes, self.logs, self.starts = {}, {}, 0
        self.unsupervised, self.supervisor = set(), Supervisor(self)
        self._others = []

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def __enter__(self):
        self.net.__enter__()
        self.database.__enter__()
        mosquitto = "/usr/sbin/mosquitto"
        self._begin(self.net.hub, "broker.log", mosquitto, "-c", self.path("broker", "mosquitto.conf"))
        self._broker_says(" running")
        self._begin(
            self.net.hub, "heard.txt", "mosquitto_sub", "-h", HUB_ADDRESS, "-V", "5", "-q", "1", "-c", "-i", "recorder",
            "-x", "3600", *(part for name in ("out", "state", "dlq") for part in ("-t", f"spex/a/{STATION}/{name}/#")),
            "-F", "%t\t%P\t%x")
        self._broker_says("SUBACK to recorder")
        self.supervisor.start()
        return self

    def __exit__(self, *_):
        if self.supervisor.is_alive():
            self.supervisor.end()
        for process in [*self.nodes.values(), *self._others]:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()
        self.database.__exit__()
        self.net.__exit__()

    def start(self, number):
        """Starts a node; does not wait."""
        self.starts += 1
        self.unsupervised.discard(number)
        self.logs[number] = f"node-{number}-{self.starts:02}.log"
        self.nodes[number] = self._popen(
            self.net.space(number), self.logs[number], *self.program, "run", "--broker",
            f"mqtt://{HUB_ADDRESS}:{BROKER_PORT}", "--station", STATION, "--node", f"node-{number}", "--data",
            self.path(f"data-{number}"), "--out", self.path("out"), "--allow", self.spool, "--journal",
            self.database.address, "--http", str(HTTP), "--tile", TILE,
            *RUNTIMES[self.runtime].arguments(self.net, number), *self.more)

    def ask(self, number, path):
        """What a node's HTTP server answers, asked from within its namespace; None when it does not."""
        asked = self._http(number, path)
        return asked.stdout if asked.returncode == 0 else None

    def readiness(self, number):
        """What a node says of whether it is ready, in its own words; nothing when it does not answer."""
        asked = self._http(number, "/health/ready")
        return asked.stdout if asked.returncode in (0, REFUSES) else ""

    def acknowledged(self, *numbers):
        """Announcements that nodes have acknowledged, by the broker's log."""
        clients = {f"spex-{STATION}-node-{number}-in" for number in numbers}
        with open(self.path("broker.log"), encoding="utf-8") as log:
            return sum(line.split(" Received PUBACK from ")[1].split(" ")[0] in clients
                       for line in log if " Received PUBACK from " in line)

    def wait_ready(self, *numbers):
        for number in numbers:
            wait_for(f"node {number} to be ready", lambda n=number: self.ask(n, "/health/ready") is not None,
                     READY_SECONDS)

    def gauge(self, number, name):
        """The sum of a metric over its labels, at a node; 0 where it was never counted."""
        text = self.ask(number, "/metrics")
        if text is None:
            raise Failed(f"node {number} does not tell its metrics")
        values = [line.rsplit(" ", 1) for line in text.splitlines() if line.startswith(name)]
        return sum(float(value) for label, value in values if label == name or label.startswith(name + "{"))

    def stop(self, number, limit=90):
        """Asks a node to end, and gives its exit code."""
        self.unsupervised.add(number)
        self.nodes[number].send_signal(signal.SIGTERM)
        return self.nodes[number].wait(limit)

    def submit(self, scene, raster, bands, strips, pace_ms, below=""):
        """Announces a scene from the hub, with its strips in the spool or in a folder below; does not wait."""
        process = self._popen(
            self.net.hub, f"submit-{scene}.log", *self.program, "submit", raster, "--bands", bands, *INPUT, "--broker",
            f"mqtt://{HUB_ADDRESS}:{BROKER_PORT}", "--station", STATION, "--scene", scene, "--spool",
            os.path.join(self.spool, below), "--strips", str(strips), "--pace", str(pace_ms))
        self._others.append(process)
        return process

    def replay(self):
        """Announces all that was submitted once more; does not wait."""
        process = self._popen(
            self.net.hub, "replay.log", *self.program, "replay", "--spool", self.spool, "--broker",
            f"mqtt://{HUB_ADDRESS}:{BROKER_PORT}", "--station", STATION)
        self._others.append(process)
        return process

    def times(self):
        """Notes from now on when strips are announced and scenes closed."""
        self._begin(
            self.net.hub, "times.txt", "mosquitto_sub", "-h", HUB_ADDRESS, "-V", "5", "-q", "1", "-i", "clock",
            *(part for name in ("in/strip", "out/scene") for part in ("-t", f"spex/a/{STATION}/{name}/#")),
            "-F", "%U\t%t\t%P\t%x")
        self._broker_says("SUBACK to clock")
        return Times(self.path("times.txt"))

    def heard(self):
        with open(self.path("heard.txt"), encoding="utf-8") as lines:
            return [Heard(*line.split("\t")) for line in whole_lines(lines)]

    def closed(self):
        """Scenes that were said to be closed."""
        return {json.loads(message.payload)["properties"]["spex:scene_id"] for message in self.heard()
                if message.kind.endswith("scene.closed.v1")}

    def _http(self, number, path):
        return subprocess.run(
            Net.command(self.net.space(number), "/usr/bin/python3", "-c", _ASK, f"http://127.0.0.1:{HTTP}{path}",
                        str(REFUSES)), check=False, capture_output=True, text=True)

    def _broker_says(self, text):
        def says():
            with open(self.path("broker.log"), encoding="utf-8") as log:
                return text in log.read()
        wait_for(text.strip(), says)

    def _begin(self, space, log, *command):
        self._others.append(self._popen(space, log, *command))

    def _popen(self, space, log, *command):
        with open(self.path(log), "a", encoding="utf-8") as out:
            # Errors of the recorder are not what it heard.
            errors = subprocess.DEVNULL if log in ("heard.txt", "times.txt") else out
            environment = {key: value for key, value in os.environ.items() if not key.startswith("SPEX_")}
            environment.update(self.environment)
            return subprocess.Popen(Net.command(space, *command), stdout=out, stderr=errors, env=environment)


_ASK = """
import sys, urllib.error, urllib.request
try:
    print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())
except urllib.error.HTTPError as refusal:
    print(refusal.read().decode())
    sys.exit(int(sys.argv[2]))
except OSError:
    sys.exit(1)
"""
