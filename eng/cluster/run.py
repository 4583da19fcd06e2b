"""Takes nodes away from a cluster while a pass runs, and counts what came of it. Called by eng/cluster.sh; see
docs/reliability.md."""
import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
import counts  # noqa: E402
import scene  # noqa: E402
from net import why_not  # noqa: E402
from rig import INPUT, TILE, Failed, wait_for  # noqa: E402
from station import Station  # noqa: E402
from verdict import judge  # noqa: E402

NODES = 3
WIDTH, HEIGHT = 700, 1600
PACE_MS = 1500
# The most that is allowed between a kill and the moment when other nodes own every scene of the killed one.
RESUME_SECONDS = {"akka": 15.0, "local": None}
CASES = ("kill", "cut", "stop")


def main():
    parser = argparse.ArgumentParser(prog="eng/cluster.sh")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--runtimes", default="local", help="local, akka, or both with a comma")
    parser.add_argument("--table", help="Markdown file whose table between the marks is written anew")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    verbs = parser.add_subparsers(dest="verb", required=True)
    chaos = verbs.add_parser("chaos", help="kill, cut off and stop a node in the middle of a pass")
    chaos.add_argument("--cases", default=",".join(CASES))
    chaos.add_argument("--scenes", type=int, default=4)
    chaos.add_argument("--strips", type=int, default=10, help="of each scene")
    chaos.add_argument("--away", type=float, default=60, help="seconds that a node is cut off, or stopped")
    chaos.add_argument("--lease", type=float, default=10, help="the lease time of a scene, in seconds")
    chaos.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if reason := why_not():
        print(json.dumps({"verb": options.verb, "ok": False, "skipped": reason}))
        sys.exit(3)
    judge("cluster", options, _chaos, verb=options.verb)


def _chaos(options, folder):
    # The database runs as another user and must find its own folder in there.
    os.chmod(folder, 0o711)
    program = shlex.split(options.program)
    rasters, references = _references(program, folder, options)
    cases, bad = [], []
    for runtime in options.runtimes.split(","):
        for case in options.cases.split(","):
            print(f"{runtime}: {case}", flush=True)
            found = _case(options, folder, program, rasters, references, runtime, case)
            cases.append(found)
            bad += [f"{runtime} {case}: {fault}" for fault in found.pop("failed")]
    if options.table:
        _write_table(options.table, cases)
    return {"cases": cases}, bad


def _case(options, folder, program, rasters, references, runtime, case):
    settings = ["--lease-seconds", str(options.lease)] if runtime == "local" else []
    place = os.path.join(folder, f"{runtime}-{case}")
    with Station(place, program, NODES, runtime, settings) as station:
        for number in range(1, NODES + 1):
            station.start(number)
        station.wait_ready(*range(1, NODES + 1))
        submits = [station.submit(name, raster, scene.BANDS, options.strips, PACE_MS)
                   for name, raster in rasters.items()]
        wait_for("every scene to be open", lambda: len(counts.epochs(station)) == len(references))
        # A third of the pass is down.
        time.sleep(PACE_MS / 1000 * options.strips / 3)
        victim = max(range(1, NODES + 1), key=lambda number: station.gauge(number, "spex_scenes_open"))
        owned = int(station.gauge(victim, "spex_scenes_open"))
        print(f"node {victim} owns {owned} scenes", flush=True)
        resumed = _disturb(station, case, victim, owned, options)
        for submit in submits:
            if submit.wait(300) != 0:
                raise Failed(f"submit ended with {submit.returncode}, see {station.folder}")
        counts.settle(station, references)
        found = counts.figures(station, references, options.strips)
        failed = counts.faults(found)
        most = RESUME_SECONDS[runtime] or options.lease + 2
        if case == "kill" and resumed > most:
            failed.append(f"resume_s {resumed:.1f} above {most:g}")
        station.wait_ready(*range(1, NODES + 1))
        for number in range(1, NODES + 1):
            if station.stop(number) != 0:
                failed.append(f"node {number} does not end with 0")
        return {"runtime": runtime, "case": case, "owned": owned, "resume_s": round(resumed, 2),
                "masks_equal": not found["masks_differ"], **found, "failed": failed}


def _disturb(station, case, victim, owned, options):
    """Takes a node away and brings it back; gives the seconds until others owned its scenes."""
    before, begun = counts.epochs(station), time.monotonic()
    if case == "kill":
        station.nodes[victim].kill()
        station.nodes[victim].wait()
    elif case == "cut":
        station.net.cut(victim)
    else:
        station.nodes[victim].send_signal(signal.SIGSTOP)

    def taken():
        now = counts.epochs(station)
        return sum(now[name] > before[name] for name in before) >= owned
    wait_for("others to take the scenes over", taken)
    resumed = time.monotonic() - begun
    if case != "kill":
        time.sleep(max(0.0, options.away - resumed))
    if case == "cut":
        station.net.heal(victim)
    elif case == "stop":
        station.nodes[victim].send_signal(signal.SIGCONT)
    if station.nodes[victim].poll() is not None:
        # Killed, or it has ended by itself when it saw that others had taken over; its supervisor starts it again.
        station.start(victim)
    return resumed


def _references(program, folder, options):
    """The scenes, and their products when nothing disturbs."""
    rasters, references = {}, {}
    for number in range(options.scenes):
        name = f"pass-{number + 1}"
        rasters[name] = os.path.join(folder, f"{name}.tif")
        scene.make(rasters[name], WIDTH, HEIGHT, options.seed + number)
        subprocess.run(
            [*program, "process", rasters[name], "--bands", scene.BANDS, *INPUT, "--scene", name, "--tile", TILE,
             "--out", os.path.join(folder, "reference")], check=True, stdout=subprocess.DEVNULL)
        references[name] = os.path.join(folder, "reference", name)
    return rasters, references


def _write_table(path, cases):
    """Puts the figures between the marks of the page."""
    begin, end = "<!-- cluster -->\n", "<!-- /cluster -->\n"
    with open(path, encoding="utf-8") as page:
        before, rest = page.read().split(begin)
    after = rest.split(end)[1]
    rows = ["| runtime | case | scenes | strips | lost | doubled | owners | masks equal | resumed after (s) |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    rows += [f"| {found['runtime']} | {found['case']} | {found['scenes']} | {found['strips']} | {found['lost']} | "
             f"{found['doubled']} | {found['owners_max']} | {'yes' if found['masks_equal'] else 'no'} | "
             f"{found['resume_s']} |" for found in cases]
    with open(path, "w", encoding="utf-8") as page:
        page.write(before + begin + "\n".join(rows) + "\n" + end + after)


main()
