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
from xml.etree import ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
import change  # noqa: E402
import checks  # noqa: E402
import ground  # noqa: E402
from rig import INPUT, STATION, Failed, Rig, wait_for  # noqa: E402
from tally import Tally, identifiers, told  # noqa: E402
from verdict import judge  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(ROOT, "docs", "schemas", "cap-1.2.xsd")
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
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
# The clear pass before each that is told of, and the columns gained and lost since.
SINCE = {
    "rising": ("dry", (80, 110), None),
    "peak": ("rising", (110, 200), None),
    "falling": ("peak", None, (80, 200)),
}
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
        self.rig, self.short, self.bad, self.kills, self.fences, self.compared = rig, short, [], 0, 0, 0
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
        self._settle()
        return self._figures(joined)

    def _figures(self, joined):
        expected = collections.Counter(item for *_, tells in PASSES for item in tells.items())
        expected["flood", "cancelled"] += 1
        tally = self._tally()
        alerts, cap = _at(tally, "out/alert"), _at(tally, "out/cap")
        counts = told(alerts)
        self._expect("what was told", dict(counts), dict(expected))
        self._expect("messages that came again with other bytes", tally.changed, [])
        self._expect("what the CAP twins are called", _cap_identifiers(cap), identifiers(alerts))
        self._expect("alerts with a name of their own", len(set(identifiers(alerts))), len(alerts))
        broken = self._broken_cap(cap)
        self._expect("CAP messages that break the rules", broken, [])
        heard = self.rig.heard()
        self._expect("dead letters", sum(message.is_about("dlq") for message in heard), 0)
        largest = max((len(message.payload) for message in tally.events), default=0)
        self._expect("the larger of its largest message and what is allowed", max(largest, MOST_BYTES), MOST_BYTES)
        self._expect("exit code of the daemon", self.rig.stop_daemon(), 0)
        figures = {what: sum(count for (_, name), count in counts.items() if name == what) for what in
                   ("raised", "confirmed", "updated", "cleared", "cancelled")}
        return {**figures, "cap": len(cap), "cap_valid": len(cap) - len(broken),
                "states": len(_at(tally, "state/alert")), "repeats": tally.repeats, "late_joiner": joined,
                "compared": self.compared, "kills": self.kills, "largest_bytes": largest, "heard": len(heard)}, self.bad

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
        self._settle()
        # A count, not a set: the same told twice in one pass is no less wrong than something else.
        alerts = self._alerts()[before:]
        self._expect(f"told of {name}", dict(told(alerts)), dict(collections.Counter(expected.items())))
        if name in SINCE:
            for alert in alerts:
                self._expect(f"what changed since the pass before {name}", change.faults(alert, *SINCE[name]), [])
                self.compared += 1

    def _settle(self):
        """Waits until all that was decided is sent, and the recorder has heard it."""
        self.rig.wait_while_alive("an empty outbox", lambda: checks.Journal(self.rig).count("outbox") == 0)
        self.fences += 1
        fence = f"spex/a/{STATION}/state/fence/{self.fences}"
        # The broker has acknowledged all that it was sent, so this comes behind it.
        self._publish(fence, "here")
        wait_for("what was sent last", lambda: any(message.topic == fence for message in self.rig.heard()))

    def _tally(self):
        """The events of alerts, their twins and their states."""
        return Tally(message for message in self.rig.heard()
                     if any(message.is_about(part) for part in ("out/alert", "out/cap", "state/alert")))

    def _alerts(self):
        return _at(self._tally(), "out/alert")

    def _retained(self):
        """Open alerts that a new subscriber is given, without waiting for anything to happen."""
        done = subprocess.run(
            ["mosquitto_sub", "-p", str(self.rig.port), "-V", "5", "-t", f"spex/a/{STATION}/state/alert/#",
             "--retained-only", "-W", "2", "-F", "%t"], capture_output=True, text=True, check=False)
        return len(done.stdout.split())

    def _retract(self, scene):
        self._publish(f"spex/a/{STATION}/cmd/retract",
                      json.dumps({"scene": scene, "revision": 1, "reason": "wrong calibration"}))

    def _publish(self, topic, text):
        subprocess.run(
            ["mosquitto_pub", "-p", str(self.rig.port), "-V", "5", "-q", "1", "-t", topic, "-m", text], check=True)

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


def _at(tally, part):
    return [event for event in tally.events if event.is_about(part)]


def _cap_identifiers(messages):
    return sorted(ElementTree.fromstring(message.payload).findtext(f"{CAP}identifier") for message in messages)


if __name__ == "__main__":
    main()
