"""What must hold when a scene has closed, judged from files and from what a separate mosquitto_sub heard."""
import filecmp
import json
import os
import re
import sqlite3

from rig import PLATFORM, SCENE, STATION, Failed, wait_for

COMPARED = re.compile(r".*\.(tif|geojson|fgb|png)$")
CLASSES = ("water", "vegetation", "buildings")


class Journal:
    """The journal, read beside the daemon that writes it."""

    def __init__(self, rig):
        self.path = rig.path("data", "journal.db")

    def ask(self, question, *values):
        if not os.path.exists(self.path):
            return []
        try:
            # A connection of its own each time: none is held while the daemon is killed.
            connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=5)
            try:
                return connection.execute(question, values).fetchall()
            finally:
                connection.close()
        except sqlite3.OperationalError:
            # It is being made.
            return []

    def count(self, table):
        rows = self.ask(f"SELECT count(*) FROM {table}")
        return rows[0][0] if rows else 0

    def facts(self, kind):
        """The facts of a type, in order."""
        facts = [json.loads(body) for (body,) in self.ask("SELECT body FROM facts ORDER BY scene, sequence")]
        return [fact["fact"] for fact in facts if fact["type"] == kind]


def settle(rig):
    """Waits until the scene is closed and every message of the journal is acknowledged."""
    rig.wait_while_alive("the closed scene", rig.is_closed)
    journal = Journal(rig)
    rig.wait_while_alive("an empty outbox", lambda: journal.count("outbox") == 0)
    told = {event for (event,) in journal.ask("SELECT id FROM events")}
    try:
        # The broker has them; the recorder may hear the last a moment later.
        wait_for("the last message", lambda: told <= {message.id for message in rig.heard()}, limit=5)
    except Failed:
        # What is missing is counted by others.
        return


def figures(rig, reference, strips):
    """Counts what is there, what is lost, what is there twice, and what should not be there."""
    journal, heard = Journal(rig), rig.heard()
    payloads = {}
    for message in heard:
        payloads.setdefault(message.id, set()).add(_said(message))
    told = {event for (event,) in journal.ask("SELECT id FROM events")}
    stories = _stories(heard)
    untold = _expected(strips) - stories.keys()
    return {
        "strips": strips,
        "accepted": len({json.dumps(fact["strip"]["key"]) for fact in journal.facts("strip-accepted")}),
        "in_mask": _strips_in_mask(heard),
        "published": len(told & payloads.keys()),
        "deliveries": sum(message.id in told for message in heard),
        "lost": len(told - payloads.keys()) + len(untold),
        "doubled": sum(len(bodies) > 1 for bodies in payloads.values()) + sum(len(ids) > 1 for ids in stories.values()),
        "masks_differ": _differences(reference, rig.path("out", SCENE)),
        "orphans": _orphans(rig),
        "dead_letters": sum(message.is_about("dlq") for message in heard),
        "journal_ok": journal.ask("PRAGMA integrity_check") == [("ok",)],
        "waiting": journal.count("outbox"),
    }


def faults(found):
    """The figures that fail."""
    bad = [name for name in ("lost", "doubled", "masks_differ", "orphans", "dead_letters", "waiting") if found[name]]
    bad += [name for name in ("accepted", "in_mask") if found[name] != found["strips"]]
    return bad if found["journal_ok"] else [*bad, "journal_ok"]


def _said(message):
    """All of an event; of a retained state, which is said anew from time to time, all but when that was."""
    if not message.is_about("state"):
        return message.payload
    body = json.loads(message.payload)
    return json.dumps({name: body[name] for name in body if name != "updated"})


def _strips_in_mask(heard):
    closed = [json.loads(message.payload) for message in heard if message.kind.endswith("scene.closed.v1")]
    return closed[-1]["properties"]["spex:strips"]["received"] if closed else 0


def _stories(heard):
    """Ids of events by what they tell: what is told once has one id, however often it is heard."""
    found = {}
    for message in heard:
        if message.is_about("out"):
            kind = message.kind.rsplit(".", 3)[-3]
            found.setdefault((kind, message.status, json.loads(message.payload)["id"]), set()).add(message.id)
    return found


def _expected(strips):
    """What must be told of every pass: each strip and the whole of each class, the masks."""
    parts = [("preliminary", str(strip)) for strip in range(strips)] + [("final", "all")]
    told = {("observation", status, f"{STATION}/observation/{PLATFORM}/{SCENE}/{part}/{name}/all/summary")
            for status, part in parts for name in CLASSES}
    return told | {("mask", "final", f"{SCENE}-{name}") for name in CLASSES}


def _differences(reference, product):
    names = sorted(name for name in os.listdir(reference) if COMPARED.match(name))
    if not os.path.isdir(product):
        return names
    there = {name for name in os.listdir(product) if COMPARED.match(name)}
    return sorted({name for name in names if name not in there or not filecmp.cmp(
        os.path.join(reference, name), os.path.join(product, name), shallow=False)} | (there - set(names)))


def _orphans(rig):
    """What nobody will ever need: folders of lost attempts, files that were to be renamed."""
    out = os.listdir(rig.path("out"))
    newest = os.path.basename(os.readlink(rig.path("out", SCENE))) if SCENE in out else ""
    expected = (SCENE, newest, "collection.json", ".spexstream.lock", ".spexstream.owner")
    odd = [name for name in out if name not in expected]
    spool = rig.path("data", "spool")
    odd += [name for name in os.listdir(spool) if not name.endswith(".tif")] if os.path.isdir(spool) else []
    work = rig.path("data", "work")
    return sorted(odd + [name for name in os.listdir(work) if name != SCENE])
