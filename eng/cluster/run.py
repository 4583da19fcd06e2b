"""Takes nodes away from a cluster while a pass runs, and counts what came of it. Called by eng/cluster.sh; see
docs/reliability.md."""
import argparse
import json
import os
import shlex
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
import cases  # noqa: E402
import counts  # noqa: E402
import scale  # noqa: E402
import scene  # noqa: E402
import table  # noqa: E402
from net import why_not  # noqa: E402
from passes import Passes  # noqa: E402
from rig import Failed, wait_for  # noqa: E402
from runtimes import RUNTIMES  # noqa: E402
from station import Station  # noqa: E402
from verdict import judge  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Where the figures of a verb stand: between which marks of which page.
PAGES = {"chaos": ("cluster", "reliability.md"), "scale": ("scale", "benchmarks.md")}
NODES = 3
WIDTH, HEIGHT = 700, 1600
HEAD = ("runtime", "case", "away (s)", "scenes", "strips", "lost", "doubled", "owners", "masks equal", "resumed after (s)",
        "said so after (s)", "acknowledged meanwhile", "ready again after (s)")


def main():
    parser = argparse.ArgumentParser(prog="eng/cluster.sh")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--akka-program", help=argparse.SUPPRESS)
    parser.add_argument("--runtimes", default="local", help="local, akka, or both with a comma")
    parser.add_argument("--table", help="Markdown file into whose table between marks the figures that hold are "
                        "written; a run with nothing after the verb takes the page of docs/, --table '' none")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    verbs = parser.add_subparsers(dest="verb", required=True)
    chaos = verbs.add_parser("chaos", help="take nodes or the database away in the middle of a pass")
    chaos.add_argument("--cases", default=",".join(cases.CASES))
    chaos.add_argument("--scenes", type=int, default=4)
    chaos.add_argument("--strips", type=int, default=10, help="of each scene")
    chaos.add_argument("--away", type=float, default=60,
                       help="seconds that a node is cut off or stopped, or the database away")
    chaos.add_argument("--lease", type=float, default=10, help="the lease time of a scene, in seconds")
    chaos.add_argument("--seed", type=int, default=1)
    scale.add_to(verbs)
    options = parser.parse_args()
    mark, page = PAGES[options.verb]
    if options.table is None and vars(verbs.choices[options.verb].parse_args([])).items() <= vars(options).items():
        options.table = os.path.join(ROOT, "docs", page)
    if options.table:
        table.check(options.table, mark)
    if reason := why_not():
        print(json.dumps({"verb": options.verb, "ok": False, "skipped": reason}))
        sys.exit(3)
    judge("cluster", options, _chaos if options.verb == "chaos" else scale.run, verb=options.verb)


def _chaos(options, folder):
    # The database runs as another user and must find its own folder in there.
    os.chmod(folder, 0o711)
    program = shlex.split(options.program)
    passes = Passes(program, folder, options.scenes, WIDTH, HEIGHT, options.seed)
    found, bad = [], []
    for runtime in options.runtimes.split(","):
        for case in options.cases.split(","):
            print(f"{runtime}: {case}", flush=True)
            of_runtime = shlex.split(options.akka_program) if runtime == "akka" and options.akka_program else program
            found.append(_case(options, folder, of_runtime, passes, runtime, case))
            failed = found[-1].pop("failed")
            bad += [f"{runtime} {case}: {fault}" for fault in failed]
            # At once, for a later case may end all of it; figures that do not hold are no figures.
            if options.table and not failed:
                table.write(options.table, PAGES["chaos"][0], HEAD, [_row(found[-1])], keys=2)
    return {"cases": found}, bad


def _case(options, folder, program, passes, runtime, case):
    settings = ["--share", "cluster", "--lease-seconds", str(options.lease)]
    place = os.path.join(folder, f"{runtime}-{case}")
    pace = cases.PACES_MS.get(case, cases.PACE_MS)
    with Station(place, program, NODES, runtime, settings) as station:
        for number in range(1, NODES + 1):
            station.start(number)
        station.wait_ready(*range(1, NODES + 1))
        submits = [station.submit(name, raster, scene.BANDS, options.strips, pace)
                   for name, raster in passes.rasters.items()]
        wait_for("every scene to be open", lambda: len(counts.epochs(station)) == len(passes.rasters))
        # A third of the pass is down.
        time.sleep(pace / 1000 * options.strips / 3)
        disturbed = cases.CASES[case](station, options)
        for submit in submits:
            if submit.wait(300) != 0:
                raise Failed(f"submit ended with {submit.returncode}, see {station.folder}")
        counts.settle(station, passes.references)
        found = counts.figures(station, passes.references, options.strips)
        failed = counts.faults(found)
        failed += cases.faults(
            case, disturbed, RUNTIMES[runtime].resume_seconds(options.lease), has_leases=runtime == "local")
        there = [number for number in station.nodes if number not in station.unsupervised]
        station.wait_ready(*there)
        failed += [f"node {number} does not end with 0" for number in there if station.stop(number) != 0]
        seconds = {name: round(value, 2) if isinstance(value, float) else value for name, value in disturbed.items()}
        if case in cases.FOR_A_WHILE:
            seconds["away_s"] = options.away
        return {"runtime": runtime, "case": case, **seconds, "masks_equal": not found["masks_differ"], **found,
                "ended": station.supervisor.codes, "failed": failed}


def _row(found):
    yes = "yes" if found["masks_equal"] else "no"
    away = f"{found['away_s']:g}" if "away_s" in found else ""
    return [found["runtime"], found["case"], away, found["scenes"], found["strips"], found["lost"], found["doubled"],
            found["owners_max"], yes, found["resume_s"], found.get("said_s", ""), found.get("acknowledged", ""),
            found.get("back_s", "")]


main()
