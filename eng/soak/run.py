"""Announces more strips than the daemon can do and counts what came of it. Called by eng/soak.sh."""
import argparse
import os
import shlex
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
from probe import Probe  # noqa: E402
from rig import Failed, Rig  # noqa: E402
from station import STRIPS, Ear, Pen, Source  # noqa: E402
from verdict import judge  # noqa: E402

# A broker that keeps all of it in memory: writing it down again and again would be what is measured.
CONF = """listener {port} 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
max_inflight_messages 100
log_dest stderr
log_type all
"""
# Bounds that are met; what is delivered is deleted soon, as on a station that runs for days.
SETTINGS = {"SPEX_RECEIVEMAXIMUM": "32", "SPEX_MAXOPENSCENES": "8", "SPEX_MAXREADYTILES": "64", "SPEX_PENDINGSTRIPS": "16",
            "SPEX_OUTBOXCAPACITY": "64", "SPEX_RELAYMESSAGES": "64", "SPEX_JOURNALWRITES": "64",
            "SPEX_RETENTIONMINUTES": "0.1", "SPEX_PRODUCTHOURS": "0.05", "SPEX_WORKHOURS": "0.01"}
CAPACITY_SECONDS = 15
WARM_UP, WINDOW = 0.3, 0.2
MOST_DRIFT_PERCENT = 5.0
# Pools and compiled code still grow in the first minutes.
MOST_DRIFT_OF_A_SHORT_RUN_PERCENT = 25.0
SHORT_MINUTES = 5
STALL_SECONDS = 120


def main():
    parser = argparse.ArgumentParser(prog="eng/soak.sh")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=float, default=10, help="how long it is announced")
    parser.add_argument("--load", type=float, default=2.0, help="announcements, in multiples of what the daemon can do")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    options = parser.parse_args()
    judge("soak", options, _run)


def _run(options, folder):
    with Rig(os.path.join(folder, "rig"), shlex.split(options.program), conf=CONF) as rig:
        http = _free_port()
        rig.start_daemon(http=http, settings=SETTINGS)
        rig.wait_ready()
        source, pen, ear = Source(rig.path("in"), options.seed), Pen(rig.port), Ear(rig.path("heard.txt"))
        capacity, announced = _capacity(source, pen, ear)
        print(f"capacity {capacity:.1f} strips/s", flush=True)
        probe = Probe(rig.daemon.pid, http)
        probe.start()
        start = time.monotonic()
        announced += _announce(source, pen, ear, options, capacity, announced)
        end = time.monotonic()
        waiting = announced - ear.listen()
        if pen.close() != 0:
            raise Failed("the announcements did not all reach the broker")
        _drain(ear, announced)
        drained = time.monotonic()
        probe.stop()
        figures = _figures(rig, options, probe, ear, announced, (start, end, drained))
        figures.update(capacity_per_s=round(capacity, 1), offered_per_s=round(options.load * capacity, 1),
                       waiting_at_end=waiting, drain_s=round(drained - end, 1))
        bad = _faults(figures, options)
        if rig.stop_daemon() != 0:
            bad.append("the daemon does not end with 0")
        return figures, bad


def _capacity(source, pen, ear):
    """What the daemon gets done when there is always more to do, in strips a second; after a warm-up of as long."""
    announced, marks, begin = 0, [], time.monotonic()
    for span in (CAPACITY_SECONDS, CAPACITY_SECONDS):
        until = time.monotonic() + span
        while time.monotonic() < until:
            while announced - ear.listen() < 48:
                pen.write(source.next())
                announced += 1
            time.sleep(0.05)
        marks.append((time.monotonic() - begin, ear.listen()))
    (first, done), (second, more) = marks
    if more == done:
        raise Failed("no scene was closed while the capacity was measured")
    return (more - done) / (second - first), announced


def _announce(source, pen, ear, options, capacity, before):
    """Keeps to the pace whatever becomes of it; gives the number of strips announced."""
    begin, count, told = time.monotonic(), 0, 0
    while (elapsed := time.monotonic() - begin) < 60 * options.minutes:
        while count < elapsed * capacity * options.load:
            pen.write(source.next())
            count += 1
        if elapsed - told >= 30:
            told = elapsed
            print(f"{elapsed:.0f} s: announced {before + count}, in closed scenes {ear.listen()}", flush=True)
        time.sleep(0.05)
    for line in source.finish():
        pen.write(line)
        count += 1
    return count


def _drain(ear, announced):
    """Waits for the rest, as long as it gets less."""
    last, since = ear.listen(), time.monotonic()
    while last < announced:
        time.sleep(0.2)
        now = ear.listen()
        if now != last:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > STALL_SECONDS:
            # What is missing is counted by others.
            return


def _figures(rig, options, probe, ear, announced, moments):
    start, end, drained = moments
    length = end - start
    names = sorted(set(probe.depth) & set(probe.bound))
    over = [name for name in names if probe.depth[name] > probe.bound[name]]
    rss_start = probe.rss_between(start + WARM_UP * length, start + (WARM_UP + WINDOW) * length)
    rss_end = probe.rss_between(end - WINDOW * length, end)
    published = ear.listen()
    # The one that came nearest to its bound stands for all.
    fullest = max(names, key=lambda name: probe.depth[name] / probe.bound[name])
    return {
        "minutes": options.minutes, "load": options.load, "scenes": announced // STRIPS, "accepted": announced,
        "published": published, "lost": announced - published, "doubled": ear.doubled,
        "dead_letters": len(ear.dead_letters), "depth_max": probe.depth[fullest], "depth_bound": probe.bound[fullest],
        "depth_of": fullest, "over": over, "depths": {name: [probe.depth[name], probe.bound[name]] for name in names},
        "rss_start_mb": rss_start, "rss_end_mb": rss_end, "rss_max_mb": round(max(value for _, value in probe.rss), 1),
        "rss_drained_mb": probe.rss_between(drained - 10, drained),
        "rss_drift_percent": round(100 * (rss_end - rss_start) / rss_start, 1), "samples": len(probe.rss),
        "missed": probe.missed}


def _faults(found, options):
    bad = [name for name in ("lost", "doubled", "dead_letters", "over") if found[name]]
    most = MOST_DRIFT_PERCENT if options.minutes >= SHORT_MINUTES else MOST_DRIFT_OF_A_SHORT_RUN_PERCENT
    if found["rss_drift_percent"] > most:
        bad.append("rss_drift_percent")
    # Else it was no overload, and nothing is shown.
    if options.load > 1 and found["waiting_at_end"] < found["depths"]["intake"][1]:
        bad.append("waiting_at_end")
    if found["samples"] < 0.8 * 60 * options.minutes:
        bad.append("samples")
    return bad


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


main()
