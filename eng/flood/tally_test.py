"""Checks of the count itself: python3 -m unittest discover -s eng/flood -p '*_test.py'."""
import collections
import json
import unittest

from tally import Tally, identifiers, told

Message = collections.namedtuple("Message", "id topic properties payload")


def alert(event, transition, number=1, properties="type:x"):
    facts = {"rule": {"id": "flood"}, "transition": transition, "identifier": f"a.{number}"}
    return Message(event, "out/alert/water", f"id:{event} {properties}", json.dumps({"properties": facts}).encode())


class TallyTest(unittest.TestCase):
    def test_the_same_bytes_again_are_one_event(self):
        tally = Tally([alert("1", "raised"), alert("2", "cleared"), alert("1", "raised")])
        self.assertEqual((["1", "2"], 1, []), ([event.id for event in tally.events], tally.repeats, tally.changed))

    def test_other_bytes_under_an_id_that_was_used_are_a_fault(self):
        raised = alert("1", "raised")
        for other in (alert("1", "raised", number=2), alert("1", "raised", properties="type:y"),
                      raised._replace(topic="out/alert/vegetation")):
            self.assertEqual([f"1 on {other.topic}"], Tally([raised, other]).changed)

    def test_two_of_a_kind_with_ids_of_their_own_are_two(self):
        tally = Tally([alert("1", "raised"), alert("2", "raised")])
        self.assertEqual({("flood", "raised"): 2}, told(tally.events))
        self.assertEqual(["a.1", "a.1"], identifiers(tally.events))

    def test_the_end_of_a_state_is_no_event(self):
        end = Message("", "state/alert/water", "", b"")
        tally = Tally([end, end])
        self.assertEqual(([], 0, []), (tally.events, tally.repeats, tally.changed))


if __name__ == "__main__":
    unittest.main()
