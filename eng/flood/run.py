"""Plays a flood to a daemon and counts the alerts that came of it. Called by eng/flood.sh; see docs/alerts.md."""
import argparse
import collections
import datetime
import json
import os
import shlex
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
import checks  # noqa: E402
import ground  # noqa: E402
from rig import INPUT, STATION, Failed, Rig, wait_for  # noqa: E402
from verdict import judge  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(ROOT, "docs", "schemas", "cap-1.2.xsd")
RULES = """version: 1
areas: areas.geojson
references: { usual-water: usual.tif }
rules:
  - id: flood
    class: water
    metric: change
    baseline: { reference: usual-water }
    enter: 20
    exit: 5
    confirm: { passes: 2, of: 3 }
    severity: { moderate: 20, severe: 100 }
  - id: wet-share
    class: water
    metric: share
    enter: 25
    exit: 20
    confirm: { passes: 1, of: 1 }
    severity: minor
"""
# Name, column of the shore, whether cloud hides all, minutes before now, and what each rule is to tell.
PASSES = [
    ("dry", 80, False, 50, {}),
    ("rising", 110, False, 40, {"flood": "raised", "wet-share": "raised"}),
    ("cloudy", 110, True, 30, {}),
    ("peak", 200, False, 20, {"flood": "confirmed", "wet-share": "updated"}),
    ("falling", 80, False, 10, {"flood": "cleared", "wet-share": "cleared"}),
]
MOST_BYTES = 8192


def main():
    parser = argparse.ArgumentParser(prog="eng/flood.sh")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--short", action="store_true", help="kill the daemon once only")
    parser.add_argument("--seed", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    judge("flood", parser.parse_args(), _run)


def _run(options, folder):
    rules = os.path.join(folder, "rules")
    os.makedirs(rules)
    ground.write_reference(os.path.join(rules, "usual.tif"))
    for name, text in (("rules.yaml", RULES), ("areas.geojson", json.dumps(ground.areas()))):
        with open(os.path.join(rules, name), "w", encoding="utf-8") as file:
            file.write(text)
    more = ("--rules", os.path.join(rules, "rules.yaml"), "--commands", "true")
    with Rig(os.path.join(folder, "rig"), shlex.split(options.program), more=more) as rig:
        rig.start_daemon()
        rig.wait_ready()
        return Flood(rig, options.short).play()


class Flood:
    """The passes, what was heard of each, and what was bad about it."""

    def __init__(self, rig, short):
        self.rig, self.short, self.bad, self.kills = rig, short, [], 0
        self.now = datetime.datetime.now(datetime.timezone.utc)

    def play(self):
        joined = None
        for number, (name, shore, cloudy, minutes, expected) in enumerate(PASSES):
            raster = self.rig.path(f"{name}.tif")
            ground.write(raster, shore, cloudy)
            self._pass(name, raster, minutes, expected, kill=not self.short or number == 1)
            if name == "peak":
                joined = self._retained()
                self._expect("open alerts that a late joiner is given at once", joined, 2)
        self._expect("states retained after all is over", self._retained(), 0)

        before = len(self._alerts())
        self._submit("dry", self.rig.path("dry.tif"), 50)
        self._pass("rising-again", self.rig.path("rising.tif"), 40, {}, kill=False)
        self._expect("alerts that old passes raise", len(self._alerts()) - before, 0)

        self._retract("peak")
        self._hears("the cancelled alert", {"flood": "cancelled"}, before)
        self._restart()
        return self._figures(joined)

    def _figures(self, joined):
        told = collections.Counter(_told(alert) for alert in self._alerts())
        expected = collections.Counter(
            (rule, what) for *_, tells in PASSES for rule, what in tells.items())
        expected["flood", "cancelled"] += 1
        self._expect("what was told", dict(told), dict(expected))
        messages = [message for message in self.rig.heard() if "/alert/" in message.topic or "/cap/" in message.topic]
        ids = [message.id for message in messages if message.id]
        self._expect("alert messages heard twice", len(ids) - len(set(ids)), 0)
        self._expect("dead letters", sum(message.is_about("dlq") for message in self.rig.heard()), 0)
        sizes = [len(message.payload) for message in messages]
        self._expect("messages above 8192 bytes", sum(size > MOST_BYTES for size in sizes), 0)
        cap = [message for message in messages if "/out/cap/" in message.topic]
        self._expect("CAP twins", len(cap), len(self._alerts()))
        self._expect("CAP messages that break the rules", self._broken_cap(cap), [])
        ready = self.rig.stop_daemon()
        self._expect("exit code of the daemon", ready, 0)
        figures = {what: sum(count for (_, name), count in told.items() if name == what) for what in
                   ("raised", "confirmed", "updated", "cleared", "cancelled")}
        return {**figures, "cap": len(cap), "late_joiner": joined, "kills": self.kills,
                "largest_bytes": max(sizes, default=0), "heard": len(messages)}, self.bad

    def _pass(self, name, raster, minutes, expected, kill):
        before = len(self._alerts())
        self._submit(name, raster, minutes)
        # At once, so that the kill may fall before the product is judged, or before its messages are sent.
        self.rig.wait_while_alive(f"the product of {name}", lambda: self._is_published(name))
        if kill:
            self.kills += 1
            self._restart(signal_kill=True)
        self._hears(name, expected, before)
        print(f"{name}: {expected or 'silent, as it should be'}", flush=True)

    def _submit(self, name, raster, minutes):
        sensed = (self.now - datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        done = subprocess.run(
            [*self.rig.program, "submit", raster, "--bands", ground.BANDS, *INPUT, "--broker",
             f"mqtt://127.0.0.1:{self.rig.port}", "--station", STATION, "--scene", name, "--spool",
             self.rig.path("in"), "--strips", "2", "--sensed", sensed], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"submit ended with {done.returncode}: {done.stderr.strip()}")

    def _restart(self, signal_kill=False):
        if signal_kill:
            self.rig.kill_daemon()
        else:
            self.rig.stop_daemon()
        self.rig.start_daemon()
        self.rig.wait_ready()

    def _is_published(self, scene):
        return checks.Journal(self.rig).ask(
            "SELECT 1 FROM scenes WHERE name = ? AND revision > 0", scene)

    def _hears(self, name, expected, before):
        """Waits until a pass is judged and all of it sent, and holds what was told against what should be."""
        journal = checks.Journal(self.rig)
        scene = name if any(name in entry for entry in PASSES) or name == "rising-again" else None
        if scene:
            self.rig.wait_while_alive(
                f"the judgement of {name}",
                lambda: any(fact["scene"] == scene for fact in journal.facts("scene-judged")))
        else:
            self.rig.wait_while_alive(name, lambda: len(self._alerts()) >= before + len(expected))
        self.rig.wait_while_alive("an empty outbox", lambda: journal.count("outbox") == 0)
        wait_for("the alerts", lambda: len(self._alerts()) >= before + len(expected))
        self._expect(f"told of {name}", dict(map(_told, self._alerts()[before:])), expected)

    def _alerts(self):
        return [json.loads(message.payload) for message in self.rig.heard() if message.is_about("out/alert")]

    def _retained(self):
        """Open alerts that a new subscriber is given, without waiting for anything to happen."""
        done = subprocess.run(
            ["mosquitto_sub", "-p", str(self.rig.port), "-V", "5", "-t", f"spex/a/{STATION}/state/alert/#",
             "--retained-only", "-W", "2", "-F", "%t"], capture_output=True, text=True, check=False)
        return len(done.stdout.split())

    def _retract(self, scene):
        subprocess.run(
            ["mosquitto_pub", "-p", str(self.rig.port), "-V", "5", "-q", "1", "-t", f"spex/a/{STATION}/cmd/retract",
             "-m", json.dumps({"scene": scene, "revision": 1, "reason": "wrong calibration"})], check=True)

    def _broken_cap(self, messages):
        xmllint = shutil.which("xmllint")
        if xmllint is None:
            raise Failed("xmllint is missing: install libxml2-utils")
        broken = []
        for number, message in enumerate(messages):
            path = self.rig.path(f"cap-{number}.xml")
            with open(path, "wb") as file:
                file.write(message.payload)
            done = subprocess.run(
                [xmllint, "--noout", "--schema", SCHEMA, path], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                broken.append(done.stderr.strip())
        return broken

    def _expect(self, what, found, wanted):
        if found != wanted:
            self.bad.append(f"{what}: {found} instead of {wanted}")


def _told(alert):
    facts = alert["properties"]
    return facts["rule"]["id"], facts["transition"]


if __name__ == "__main__":
    main()
