"""When strips were announced and scenes closed, by the clock of a mosquitto_sub that hears both."""
import json

from rig import whole_lines


class Times:
    """Read from what it wrote: time, topic, properties, payload as hex."""

    def __init__(self, path):
        self._path = path

    def closed(self):
        """Scenes that were said to be closed, and when."""
        return {json.loads(bytes.fromhex(payload))["properties"]["spex:scene_id"]: float(at)
                for at, topic, properties, payload in self._lines()
                if "/out/scene/" in topic and "scene.closed.v1" in properties}

    def seconds(self):
        """From the first announcement to the last closing."""
        begun = min(float(at) for at, topic, _, _ in self._lines() if "/in/strip/" in topic)
        return max(self.closed().values()) - begun

    def _lines(self):
        with open(self._path, encoding="utf-8") as lines:
            return [line.split("\t") for line in whole_lines(lines)]
