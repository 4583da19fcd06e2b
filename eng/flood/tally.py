"""What a subscriber heard, counted by event. With QoS 1, and after a crash between sending and dropping, a message may
come again: the same bytes under the same id (docs/subscribers.md); a retained state may be said anew, and then says when.
Anything else under an id that was used is a fault."""
import collections
import json
import re


class Tally:
    """Events in the order in which they were first heard, how often one came again, and which came again otherwise."""

    def __init__(self, messages):
        self.events, self.repeats, self.changed = [], 0, []
        first = {}
        for message in messages:
            if not message.id:
                # The end of a retained state: no event, and the same again says the same.
                continue
            known = first.setdefault(message.id, message)
            if known is message:
                self.events.append(message)
                continue
            self.repeats += 1
            if _said(known) != _said(message):
                self.changed.append(f"{message.id} on {message.topic}")


def told(alerts):
    """How often each rule told each transition."""
    return collections.Counter((alert["rule"]["id"], alert["transition"]) for alert in map(_facts, alerts))


def identifiers(alerts):
    """What the alerts are called, sorted; each once where all is well."""
    return sorted(alert["identifier"] for alert in map(_facts, alerts))


def _facts(message):
    return json.loads(message.payload)["properties"]


def _said(message):
    """All of an event; of a state, which is none, all but the clock."""
    if "/state/" not in message.topic:
        return message.topic, message.properties, message.payload
    body = json.loads(message.payload)
    del body["properties"]["pubtime"]
    return message.topic, re.sub(r"(^| )time:\S+", "", message.properties), body
