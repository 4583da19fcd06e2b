"""What must hold when every scene has closed, from files, from the database, and from what a separate mosquitto_sub heard."""
import filecmp
import json
import os
import re

from rig import PLATFORM, STATION, Failed, wait_for

COMPARED = re.compile(r".*\.(tif|geojson|fgb|png)$")
CLASSES = ("water", "vegetation", "buildings")
CLOSE_SECONDS = 240


def settle(station, scenes):
    """Waits until every scene is closed and every message of the journal is acknowledged."""
    wait_for("the closing of every scene", lambda: station.closed() >= set(scenes), CLOSE_SECONDS)
    wait_for("an empty outbox", lambda: _number(station, "SELECT count(*) FROM spexstream.outbox") == 0)
    told = _told(station)
    try:
        # The broker has them; the recorder may hear the last a moment later.
        wait_for("the last message", lambda: told <= {message.id for message in station.heard()}, 5)
    except Failed:
        # What is missing is counted by others.
        return


def figures(station, references, strips):
    """Counts what is there, what is lost, what is there twice, and whether a scene ever had two owners."""
    heard, told = station.heard(), _told(station)
    payloads, stories = {}, {}
    for message in heard:
        if not message.is_about("state"):
            payloads.setdefault(message.id, set()).add(message.payload)
        if message.is_about("out"):
            kind = message.kind.rsplit(".", 3)[-3]
            stories.setdefault((kind, message.status, json.loads(message.payload)["id"]), set()).add(message.id)
    heard_ids = {message.id for message in heard}
    return {
        "scenes": len(references),
        "strips": strips * len(references),
        **_accepted(station),
        "lost": len(told - heard_ids) + len(_expected(references, strips) - stories.keys()),
        "doubled": sum(len(bodies) > 1 for bodies in payloads.values()) + sum(len(ids) > 1 for ids in stories.values()),
        "owners_max": 1 + _returns(station),
        "masks_differ": differences(station, references),
        "dead_letters": sum(message.is_about("dlq") for message in heard),
        "waiting": _number(station, "SELECT count(*) FROM spexstream.outbox"),
    }


def faults(found):
    """The figures that fail."""
    bad = [name for name in ("lost", "doubled", "masks_differ", "dead_letters", "waiting") if found[name]]
    # Each once: one that is missing and another one twice would be as many.
    bad += ["accepted"] if found["accepted"] != found["strips"] else []
    bad += ["accepted_once"] if found["accepted_once"] != found["accepted"] else []
    return bad + (["owners_max"] if found["owners_max"] > 1 else [])


def epochs(station):
    """Who may write to each scene now, as numbers that only grow."""
    return {name: int(epoch) for name, epoch in station.database.ask("SELECT name, epoch FROM spexstream.scenes")}


def owners(station):
    """The node that has each open scene."""
    return dict(station.database.ask(
        "SELECT scene, node FROM spexstream.leases WHERE scene NOT LIKE 'role/%' AND expires_at > clock_timestamp()"))


class Owned:
    """What a node has: names of scenes by their leases; where there are none, how many, as it says itself."""

    def __init__(self, station, number):
        self.before = epochs(station)
        self.names = {name for name, node in owners(station).items() if node == f"node-{number}"}
        self.count = len(self.names) if station.runtime == "local" else int(station.gauge(number, "spex_scenes_open"))

    @property
    def is_nothing(self):
        """Whether taking the node away would show nothing."""
        return self.count == 0

    def is_taken(self, station):
        """Whether all of it is under later owners, or closed."""
        now, closed = epochs(station), station.closed()
        newer = {name for name in self.before if now.get(name, 0) > self.before[name] or name in closed}
        return self.names <= newer and len(newer) >= self.count


def nodes(station):
    """Nodes that say that they take scenes."""
    return _number(station, "SELECT count(*) FROM spexstream.leases WHERE scene LIKE 'role/node.%'")


def _accepted(station):
    """Facts that a strip was accepted, and the strips that they are about."""
    rows = station.database.ask("""
        SELECT count(*), count(DISTINCT (scene, body #>> '{fact,strip,key,index}')) FROM (
          SELECT scene, convert_from(body, 'UTF8')::json AS body FROM spexstream.facts) AS facts
        WHERE body ->> 'type' = 'strip-accepted'""")
    return dict(zip(("accepted", "accepted_once"), (int(number) for number in rows[0])))


def _returns(station):
    """Facts that an earlier owner wrote after a later one: with a fence that holds there are none. It checks the fence
    alone; two nodes that work on one scene at a time, of which the fence refuses one, it does not see."""
    return _number(station, """
        SELECT coalesce(max(n), 0) FROM (
          SELECT count(*) AS n FROM (
            SELECT scene, epoch, max(epoch) OVER (PARTITION BY scene ORDER BY sequence) AS newest FROM spexstream.facts
          ) AS facts WHERE epoch < newest GROUP BY scene) AS scenes""")


def _told(station):
    return {event for (event,) in station.database.ask("SELECT id FROM spexstream.events")}


def _number(station, question):
    rows = station.database.ask(question)
    return int(rows[0][0]) if rows else 0


def _expected(references, strips):
    """What must be told of every pass: each strip and the whole of each class, the masks."""
    told = set()
    for scene in references:
        parts = [("preliminary", str(strip)) for strip in range(strips)] + [("final", "all")]
        told |= {("observation", status, f"{STATION}/observation/{PLATFORM}/{scene}/{part}/{name}/all/summary")
                 for status, part in parts for name in CLASSES}
        told |= {("mask", "final", f"{scene}-{name}") for name in CLASSES}
    return told


def differences(station, references):
    """Products that are not byte for byte those of an undisturbed run."""
    found = []
    for scene, reference in references.items():
        product = station.path("out", scene)
        names = sorted(name for name in os.listdir(reference) if COMPARED.match(name))
        found += [f"{scene}/{name}" for name in names
                  if not os.path.exists(os.path.join(product, name))
                  or not filecmp.cmp(os.path.join(reference, name), os.path.join(product, name), shallow=False)]
    return found
