"""Samples what the daemon says of its buffers, and what the system says of its memory."""
import re
import statistics
import threading
import time
import urllib.request

SAMPLE = re.compile(r'^spex_(queue|buffer)_(depth|bound|bytes|bound_bytes)\{stage="([^"]+)"\} (\S+)$', re.M)


class Probe(threading.Thread):
    """One sample a second until it is stopped."""

    def __init__(self, pid, http):
        super().__init__(daemon=True)
        self.pid, self.url = pid, f"http://127.0.0.1:{http}/metrics"
        self.depth, self.bound, self.rss, self.heap = {}, {}, [], []
        self.missed = 0
        self._over = threading.Event()

    def run(self):
        while not self._over.wait(1):
            try:
                self._sample()
            except OSError:
                # The process has ended, or the machine is too busy to answer: counted, and shown with the figures.
                self.missed += 1

    def stop(self):
        self._over.set()
        self.join()

    def _sample(self):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            self.rss.append((time.monotonic(), int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1)) / 1024))
        with urllib.request.urlopen(self.url, timeout=10) as answer:
            text = answer.read().decode()
        for kind, what, stage, value in SAMPLE.findall(text):
            name = stage if kind == "queue" else f"{stage}-bytes"
            if what.startswith("bound"):
                self.bound[name] = float(value)
            else:
                self.depth[name] = max(self.depth.get(name, 0), float(value))

    def rss_between(self, start, end):
        """Median of the samples of a span of time, MB."""
        values = [value for at, value in self.rss if start <= at <= end]
        return round(statistics.median(values), 1) if values else None
