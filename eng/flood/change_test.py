"""Checks of the check itself: python3 -m unittest discover -s eng/flood -p '*_test.py'."""
import collections
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))

import change

Message = collections.namedtuple("Message", "payload")
RING = [[13.011, 52.975], [13.02, 52.975], [13.02, 52.995], [13.011, 52.995], [13.011, 52.975]]
TOLD = {"since": {"scene": "rising"}, "compared": True, "gained_ha": 134.5, "lost_ha": 0, "compared_ha": 298,
        "unseen_ha": 0, "gained": {"type": "Polygon", "coordinates": [RING]}}


def faults(**other):
    facts = {"change": {**TOLD, **other}, "description": "Since the previous pass (scene rising, ..."}
    return change.faults(Message(json.dumps({"properties": facts})), "rising", (110, 200), None)


class ChangeTest(unittest.TestCase):
    def test_what_is_right_has_no_faults(self):
        self.assertEqual([], faults())

    def test_what_is_wrong_has_one_each(self):
        shifted = [[east + 1e-5, north] for east, north in RING]
        for other in ({"compared": False}, {"since": {"scene": "dry"}}, {"gained_ha": 131.0}, {"lost_ha": 1},
                      {"unseen_ha": 9}, {"gained": None}, {"lost": TOLD["gained"]},
                      {"gained": {"type": "MultiPolygon", "coordinates": [[shifted]]}}):
            self.assertEqual(1, len(faults(**other)), other)


if __name__ == "__main__":
    unittest.main()
