"""Checks of the count itself: python3 -m unittest discover -s eng/flood -p '*_test.py'."""
import collections
import json
import unittest

from tally import Tally, identifiers, told

Message = collections.namedtuple("Message", "id topic properties payload")


def alert(event, transition, number=1, properties="type:x", at=0, topic="spex/a/x/out/alert/water"):
    facts = {"rule": {"id": "flood"}, "transition": transition, "identifier": f"a.{number}", "pubtime": at}
    return Message(event, topic, f"id:{event} {properties} time:{at}", json.dumps({"properties": facts}).encode())


class TallyTest(unittest.TestCase):
    def test_the_same_bytes_again_are_one_event(self):
        tally = Tally([alert("1", "raised"), alert("2", "cleared"), alert("1", "raised")])
        self.assertEqual((["1", "2"], 1, []), ([event.id for event in tally.events], tally.repeats, tally.changed))

    def test_other_bytes_under_an_id_that_was_used_are_a_fault(self):
        raised = alert("1", "raised")
        for other in (alert("1", "raised", number=2), alert("1", "raised", properties="type:y"),
                      alert("1", "raised", at=1), raised._replace(topic="spex/a/x/out/alert/vegetation")):
            self.assertEqual([f"1 on {other.topic}"], Tally([raised, other]).changed)

    def test_two_of_a_kind_with_ids_of_their_own_are_two(self):
        tally = Tally([alert("1", "raised"), alert("2", "raised")])
        self.assertEqual({("flood", "raised"): 2}, told(tally.events))
        self.assertEqual(["a.1", "a.1"], identifiers(tally.events))

    def test_a_state_that_is_said_anew_says_when_and_nothing_else(self):
        state = "spex/a/x/state/alert/water"
        said, anew = (alert("1", "extended", at=at, topic=state) for at in (0, 1))
        self.assertEqual((1, []), (Tally([said, anew]).repeats, Tally([said, anew]).changed))
        other = alert("1", "extended", number=2, at=1, topic=state)
        self.assertEqual([f"1 on {state}"], Tally([said, other]).changed)

    def test_the_end_of_a_state_is_no_event(self):
        end = Message("", "state/alert/water", "", b"")
        tally = Tally([end, end])
        self.assertEqual(([], 0, []), (tally.events, tally.repeats, tally.changed))


if __name__ == "__main__":
    unittest.main()
