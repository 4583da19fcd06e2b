"""A broker, a daemon and a recorder as processes, each of which can be killed and started again."""
import os
import re
import shutil
import signal
import socket
import subprocess
import time

STATION = "no-chaos"
SCENE = "pass"
PLATFORM = "sat-1"
TILE = "256"
LIMIT_SECONDS = 60
INPUT = ["--scale", "0.0001", "--radiometry", "sr", "--platform", PLATFORM, "--sensor", "msi"]
# As much as mosquitto can keep over a crash of its own.
BROKER_CONF = """listener {port} 127.0.0.1
allow_anonymous true
persistence true
persistence_location {folder}/
autosave_on_changes true
autosave_interval 1
max_queued_messages 0
log_dest stderr
log_type all
"""


class Failed(Exception):
    """What was to be shown does not hold."""


def wait_for(what, holds, limit=LIMIT_SECONDS):
    """Asks until it holds; there is no event across processes to wait for."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.01)
    raise Failed(f"within {limit} s: {what} did not come")


def whole_lines(file):
    """Lines that are written to their end, of a file that grows. Read as a whole: who goes on where a line was cut off
    takes its rest for a line of its own."""
    return file.read().split("\n")[:-1]


class Rig:
    """All processes of one run, in a folder of its own."""

    def __init__(self, folder, program, raster=None, bands=None, conf=BROKER_CONF, more=()):
        self.folder, self.program, self.raster, self.bands, self.more = folder, program, raster, bands, more
        for name in ("broker", "data", "out", "in"):
            os.makedirs(self.path(name))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with open(self.path("broker", "mosquitto.conf"), "w", encoding="utf-8") as file:
            file.write(conf.format(port=self.port, folder=self.path("broker")))
        self.broker = self.daemon = self.recorder = None
        self._daemons = 0

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def __enter__(self):
        self.start_broker()
        with open(self.path("heard.txt"), "w", encoding="utf-8") as out:
            self.recorder = subprocess.Popen(
                ["mosquitto_sub", "-p", str(self.port), "-V", "5", "-q", "1", "-c", "-i", "recorder", "-x", "3600",
                 *(part for name in ("out", "state", "dlq") for part in ("-t", f"spex/a/{STATION}/{name}/#")),
                 "-F", "%t\t%P\t%x"], stdout=out, stderr=subprocess.DEVNULL)
        self._broker_says("SUBACK to recorder")
        return self

    def __exit__(self, *_):
        for process in (self.daemon, self.recorder, self.broker):
            if process and process.poll() is None:
                process.kill()
                process.wait()

    def start_broker(self):
        mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        log = self.path("broker", "log")
        before = _size(log)
        with open(log, "a", encoding="utf-8") as out:
            self.broker = subprocess.Popen(
                [mosquitto, "-c", self.path("broker", "mosquitto.conf")], stdout=out, stderr=out)
        wait_for("the broker", lambda: b" running" in _since(log, before))

    def kill_broker(self):
        self.broker.kill()
        self.broker.wait()

    def start_daemon(self, fail_at=None, http=0, settings=None):
        """Starts the daemon, with settings of the environment; does not wait."""
        self._daemons += 1
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SPEX_")}
        environment.update(settings or {})
        if fail_at:
            environment["SPEX_FAIL_AT"] = fail_at
        with open(self.daemon_log, "w", encoding="utf-8") as log:
            self.daemon = subprocess.Popen(
                [*self.program, "run", "--broker", f"mqtt://127.0.0.1:{self.port}", "--station", STATION, "--node",
                 "node-1", "--data", self.path("data"), "--out", self.path("out"), "--allow", self.path("in"),
                 "--http", str(http), "--tile", TILE, *self.more], stdout=log, stderr=log, env=environment)

    @property
    def daemon_log(self):
        return self.path(f"daemon-{self._daemons:03}.log")

    def is_ready(self):
        return b"Listening on" in _since(self.daemon_log, 0)

    def wait_ready(self):
        self.wait_while_alive("a daemon that is ready", self.is_ready)

    def wait_while_alive(self, what, holds):
        wait_for(what, lambda: holds() or self.daemon.poll() is not None)
        if not holds():
            raise Failed(f"the daemon ended with {self.daemon.returncode}, see {self.daemon_log}")

    def kill_daemon(self):
        self.daemon.kill()
        self.daemon.wait()

    def stop_daemon(self):
        """Asks it to end, and gives its exit code."""
        self.daemon.send_signal(signal.SIGTERM)
        return self.daemon.wait(LIMIT_SECONDS)

    def submit(self, strips, pace_ms=0, more=()):
        """Announces the scene; does not wait."""
        with open(self.path("submit.log"), "a", encoding="utf-8") as log:
            return subprocess.Popen(
                [*self.program, "submit", self.raster, "--bands", self.bands, *INPUT, "--broker",
                 f"mqtt://127.0.0.1:{self.port}", "--station", STATION, "--scene", SCENE, "--spool", self.path("in"),
                 "--strips", str(strips), "--pace", str(pace_ms), *more], stdout=log, stderr=log)

    def heard(self):
        """What the recorder heard so far: topic, user properties, payload as hex."""
        with open(self.path("heard.txt"), encoding="utf-8") as lines:
            return [Heard(*line.split("\t")) for line in whole_lines(lines)]

    def is_closed(self):
        return any(message.kind.endswith("scene.closed.v1") for message in self.heard())

    def _broker_says(self, text):
        wait_for(text, lambda: text.encode() in _since(self.path("broker", "log"), 0))


class Heard:
    """A message as mosquitto_sub printed it."""

    def __init__(self, topic, properties, payload):
        self.topic, self.properties, self.payload = topic, properties, bytes.fromhex(payload)
        self.id, self.kind = _property(properties, "id"), _property(properties, "type")
        self.status = _property(properties, "status")

    def is_about(self, part):
        return self.topic.startswith(f"spex/a/{STATION}/{part}/")


def _property(properties, name):
    found = re.search(rf"(?:^| ){name}:(\S+)", properties)
    return found.group(1) if found else ""


def _size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def _since(path, offset):
    if not os.path.exists(path):
        return b""
    with open(path, "rb") as file:
        file.seek(offset)
        return file.read()
