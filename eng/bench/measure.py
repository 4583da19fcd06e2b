"""Runs commands side by side and says how long they took and how much memory they had."""
import json
import os
import statistics
import subprocess
import time
from dataclasses import dataclass, field


@dataclass
class Case:
    """A command, and what was measured of it; `clean` undoes what it left behind, outside of the time."""

    name: str
    command: list
    clean: object = None
    reads_seconds: str = ""
    environment: dict = field(default_factory=dict)
    seconds: list = field(default_factory=list)
    cpu_seconds: list = field(default_factory=list)
    peak_bytes: int = 0
    answer: dict = field(default_factory=dict)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def median_cpu(self):
        return statistics.median(self.cpu_seconds)

    def run(self, counts):
        if self.clean:
            self.clean()
        started = time.perf_counter()
        process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **self.environment})
        out, err = process.stdout, process.stderr
        text = out.read()
        errors = err.read()
        # wait4 alone tells the peak of this one child.
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.close()
        err.close()
        if process.returncode != 0:
            raise SystemExit(f"{self.name} failed ({process.returncode}): {errors.decode(errors='replace')[-2000:]}")
        lines = text.decode(errors="replace").strip().splitlines()
        if lines and lines[-1].startswith("{"):
            self.answer = json.loads(lines[-1])
        if counts:
            self.seconds.append(self.answer[self.reads_seconds] if self.reads_seconds else taken)
            self.cpu_seconds.append(usage.ru_utime + usage.ru_stime)
            self.peak_bytes = max(self.peak_bytes, usage.ru_maxrss * 1024)


def interleave(cases, rounds):
    """A-B-C, A-B-C ...: one round that does not count, then the others."""
    for number in range(-1, rounds):
        for case in cases:
            case.run(number >= 0)
    for case in cases:
        print(f"  {case.name}: {case.median:.3f} s ({min(case.seconds):.3f} to {max(case.seconds):.3f}), "
              f"CPU {case.median_cpu:.2f} s, {case.peak_bytes / 1e6:.0f} MB", flush=True)
    return cases
