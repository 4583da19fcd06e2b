"""What is announced: scenes of a few strips each, over and over the same files, and what is heard of them."""
import hashlib
import json
import os
import random
import re
import subprocess
import threading
from datetime import datetime, timezone

import scene
from rig import PLATFORM, STATION

WIDTH, ROWS, STRIPS = 768, 256, 4
# Scenes whose strips come mixed up.
MIXED = 6


class Source:
    """Announcements in an order that the seed decides."""

    def __init__(self, folder, seed):
        self.chance = random.Random(seed)
        self.files = [os.path.join(folder, f"strip-{index}.tif") for index in range(STRIPS)]
        for index, path in enumerate(self.files):
            scene.make(path, WIDTH, ROWS, seed * STRIPS + index, top=index * ROWS)
        self.scenes = 0
        self._waiting = []

    def next(self):
        """The next strip, as a line of JSON."""
        if not self._waiting:
            names = [f"soak-{self.scenes + number:06}" for number in range(MIXED)]
            self.scenes += MIXED
            self._waiting = [(name, index) for name in names for index in range(STRIPS)]
            self.chance.shuffle(self._waiting)
        return self._item(*self._waiting.pop())

    def finish(self):
        """The strips that scenes begun still lack."""
        while self._waiting:
            yield self._item(*self._waiting.pop())

    def _item(self, name, index):
        now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        bands = [{"name": band, "eo:common_name": band, "raster:scale": 0.0001} for band in scene.BANDS.split(",")]
        return json.dumps({
            "type": "Feature", "stac_version": "1.1.0", "id": f"{name}-{index}", "geometry": None,
            "properties": {
                "datetime": now, "platform": PLATFORM, "instruments": ["msi"], "spex:scene_id": name,
                "spex:strip_index": index, "spex:strip_count": STRIPS, "spex:row_offset": index * ROWS,
                "spex:scene_shape": [STRIPS * ROWS, WIDTH], "spex:radiometry": "sr"},
            "links": [],
            "assets": {"data": {"href": self.files[index], "bands": bands}}})


class Pen:
    """Publishes lines with QoS 1."""

    def __init__(self, port):
        self.process = subprocess.Popen(
            ["mosquitto_pub", "-p", str(port), "-V", "5", "-q", "1", "-i", "soak-pen", "-l", "-t",
             f"spex/a/{STATION}/in/strip/{PLATFORM}/msi"], stdin=subprocess.PIPE, text=True)

    def write(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def close(self):
        """Waits until the broker has all of it."""
        self.process.stdin.close()
        return self.process.wait()


class Ear:
    """Listens along with the recorder, so that nothing is read twice."""

    def __init__(self, path):
        self.path = path
        self.closed, self.folders, self.payloads, self.dead_letters = {}, {}, {}, []
        self.doubled = 0
        self._offset, self._rest, self._lock = 0, b"", threading.Lock()

    def listen(self):
        """Reads what has come since the last time; gives the number of strips in scenes that are closed."""
        with self._lock:
            with open(self.path, "rb") as file:
                file.seek(self._offset)
                data = file.read()
            self._offset += len(data)
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in lines:
                self._hear(*line.decode().split("\t"))
            return sum(self.closed.values())

    def _hear(self, topic, properties, payload):
        if f"/{STATION}/dlq/" in topic:
            self.dead_letters.append(topic)
        if f"/{STATION}/out/" not in topic:
            return
        event = re.search(r"(?:^| )id:(\S+)", properties).group(1)
        digest = hashlib.sha256(payload.encode()).digest()[:8]
        if self.payloads.setdefault(event, digest) != digest:
            self.doubled += 1
        if "scene.closed.v1" in properties:
            body = json.loads(bytes.fromhex(payload))["properties"]
            name = body["spex:scene_id"]
            # Told anew under another id is told twice.
            self.doubled += self.folders.setdefault(name, event) != event
            self.closed[name] = body["spex:strips"]["received"]
