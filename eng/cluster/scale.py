"""Tiles per second of one, two and three nodes whose devices wait instead of computing, so that a machine with few cores
shows what sharing costs. See docs/benchmarks.md."""
import json
import os
import shlex

import counts
import pack
import scene
import table
from passes import Passes
from rig import Failed, wait_for
from station import Station

# Scenes, their width and height, strips of each.
CASES = {"one": (1, 4096, 6144, 8), "many": (12, 1024, 2048, 4)}
# Width and height of what each node works on before, and how many for each.
WARM = 1024, 4096
WARM_SCENES = 3
NAMES = {"one": "one big scene", "many": "many scenes"}
CLASSES = ("water", "vegetation")
DEVICE = "cpu:0"
CLOSE_SECONDS = 240
LEAST = 0.9
HEAD = ("what", "tiles", "nodes", "tiles/s", "of what the devices can do", "over one node", "linear", ">= 0.9",
        "tiles worked for others")


def add_to(verbs):
    parser = verbs.add_parser("scale", help="tiles per second of 1, 2 and 3 nodes with a model that waits")
    parser.add_argument("--cases", default=",".join(CASES), help="one, many, or both with a comma")
    parser.add_argument("--nodes", type=int, default=3, help="most nodes")
    parser.add_argument("--wait", type=int, default=50, help="milliseconds that a device waits for each tile")
    parser.add_argument("--scenes", type=int, help="of the case many")
    parser.add_argument("--height", type=int, help="rows of each scene")
    parser.add_argument("--seed", type=int, default=1)


def run(options, folder):
    os.chmod(folder, 0o711)
    program = shlex.split(options.program)
    backend = ["--backend", pack.write(os.path.join(folder, "pack"))]
    asked = [*backend, "--classes", ",".join(CLASSES), "--products", "masks,regions"]
    found, bad = [], []
    for case in options.cases.split(","):
        count, width, height, strips = CASES[case]
        if case == "many":
            count = options.scenes or count
        place = os.path.join(folder, case)
        os.makedirs(place)
        passes = Passes(program, place, count, width, options.height or height, options.seed, asked)
        warm = [Passes(program, place, WARM_SCENES, *WARM, options.seed + WARM_SCENES * number, asked, f"warm-{number}")
                for number in range(1, options.nodes + 1)]
        alone = None
        for nodes in range(1, options.nodes + 1):
            print(f"{case}: {nodes} of {options.nodes} nodes, {passes.tiles} tiles", flush=True)
            one = _measure(options, place, program, passes, warm[:nodes], asked, strips, nodes)
            alone = alone or one["tiles_per_second"]
            one = {"case": case, "tiles": passes.tiles, "nodes": nodes, **one,
                   "linear": round(one["tiles_per_second"] / alone / nodes, 3)}
            print(json.dumps(one), flush=True)
            found.append(one)
            if one["differ"]:
                bad.append(f"{case}, {nodes} nodes: {one['differ']} differ")
            if one["linear"] < LEAST:
                bad.append(f"{case}, {nodes} nodes: {one['linear']:.3f} of linear, not {LEAST}")
    if options.table:
        table.write(options.table, "scale", HEAD, [_row(one, options.wait, found) for one in found], keys=3)
    return {"wait_ms": options.wait, "figures": found}, bad


def _measure(options, folder, program, passes, warm, asked, strips, nodes):
    settings = ["--share", "cluster", "--devices", DEVICE, *asked]
    slow = {"SPEX_SLOW_DEVICE": f"{DEVICE},{options.wait}"}
    spool = os.path.join(folder, "in")
    begins = not os.path.exists(spool)
    with Station(os.path.join(folder, f"nodes-{nodes}"), program, nodes, "local", settings, slow, spool) as station:
        if begins:
            # Announced to nobody, so that all of it lies ready for one process that announces it at once.
            _submit(station, passes, strips)
        for number in range(1, nodes + 1):
            station.start(number)
        station.wait_ready(*range(1, nodes + 1))
        wait_for("the nodes to see each other", lambda: counts.nodes(station) == nodes)
        # What is compiled while it runs first, and models that are opened for the first tile, are not what is measured.
        # Each node gets as much to do as the one alone did.
        for part in warm:
            _submit(station, part, 2, f"warm-{nodes}")
        warmed = {name: reference for part in warm for name, reference in part.references.items()}
        counts.settle(station, warmed)
        times, before = station.times(), _worked_for_others(station)
        if station.replay().wait(120) != 0:
            raise Failed(f"replay failed, see {station.folder}")
        wait_for("the closing of every scene", lambda: len(times.closed()) == len(passes.rasters), CLOSE_SECONDS)
        seconds = times.seconds()
        shared = _worked_for_others(station) - before
        counts.settle(station, passes.references)
        differ = counts.differences(station, {**passes.references, **warmed})
        for number in station.nodes:
            if station.stop(number) != 0:
                raise Failed(f"node {number} does not end with 0, see {station.folder}")
    return {"seconds": round(seconds, 3), "tiles_per_second": round(passes.tiles / seconds, 2), "shared": shared,
            "differ": differ}


def _worked_for_others(station):
    return sum(int(station.gauge(number, 'spex_tiles_shared_total{direction="for-others"}'))
               for number in station.nodes)


def _submit(station, passes, strips, below=""):
    submits = [station.submit(name, raster, scene.BANDS, strips, 0, below) for name, raster in passes.rasters.items()]
    if any(submit.wait(120) != 0 for submit in submits):
        raise Failed(f"submit failed, see {station.folder}")


def _row(one, wait, found):
    most = 1000 / wait * one["nodes"]
    alone = next(other for other in found if other["case"] == one["case"])
    return [NAMES[one["case"]], one["tiles"], one["nodes"], f"{one['tiles_per_second']:.1f}",
            f"{one['tiles_per_second'] / most:.2f}", f"{one['tiles_per_second'] / alone['tiles_per_second']:.2f}",
            f"{one['linear']:.2f}", "yes" if one["linear"] >= LEAST else "**no**", one["shared"]]
