"""Runs every comparison and writes the table. Called by eng/bench.sh."""
import argparse
import json
import os
import shutil
import subprocess

import alerts
import appends
import journal
import latency
import machine
import model
import page
import runtime
from parts import Parts
from report import table
from scenes import Scene
from whole import Whole

HERE = os.path.dirname(os.path.abspath(__file__))
INTRODUCTION = """# Benchmarks

Written by `bash eng/bench.sh`; only the ratios mean something. Every comparison runs on the same file and machine, the
programs in turn (A-B-C, A-B-C ...), the median of {rounds} rounds after one that does not count, files in the page
cache. A ratio is how many times as fast SpexStream is, unless the row says what is divided; losses stand beside wins.
Other work on the machine slows a program of two threads more than one of a single thread: mind the load, and the CPU
seconds beside the wall time.

{cpu}, {memory}; load average {before} before, {after} after.
{versions}.

Scene: {side} x {side} pixels, 4 bands (blue, green, red, nir), uint16, made by `SyntheticScene`, reflectance x 10000;
tiled GeoTIFF of {raw:.0f} MiB uncompressed and {deflate:.0f} MiB DEFLATE. SpexStream: `process --classes
water,vegetation`, as many threads as cores, through `eng/spexstream.sh`; the wall time has everything in it, start
included. The peers write one water mask and nothing else, unless named otherwise; *full product* is `--products all`.

Models: a U-Net of fixed random weights, widened until one thread takes as long as named for a tile of {tile} with its
halo; one tile at a time; a scene of {half} x {half}, warm, in one process with its peer. *Whole scene* is from the
announcement to the last product in its place (masks of two classes, validity, regions), *first answer to last* leaves
out how a scene begins and ends. The peer runs the network on tensors that lie in the runtime's memory, bound once, with
one thread for each device. Before, the masks are compared with what the bare network says of the same pixels.

Appends: one fact of 900 bytes, forced to the disk, each caller on a scene of its own, one after the other; SQLite and
PostgreSQL (made for the run, fsync on, over the loopback) on one disk, empty, in turn, the median of {append_rounds} rounds; every
fact that was answered is read back and must be there. Rates are as good as the disk is at flushing, which a virtual disk
may do in a cache: hence the bare flushes beside them. The runtimes: `LocalRuntime` and `AkkaRuntime` in one warm process,
each with a journal of its own in SQLite, after their products were compared byte for byte.
"""
EQUALITY = """## Are the answers equal?

Water: {water_pixels} pixels in {water_components} regions (CRC of the mask {water_crc}); vegetation: {vegetation_pixels}
pixels in {vegetation_components} regions ({vegetation_crc}). Uncompressed and DEFLATE input differ in {inputs} pixels.

- rasterio with the same rule (docs/spectral.md: NDWI, dark in NIR, not green, no cloud, a sure pixel per region): differs
  from the published water in {rule_differs} pixels.
- NDWI > 0 alone differs in {ndwi_differs} pixels: {ndwi_cloud} under cloud, {ndwi_bright} too bright in NIR,
  {ndwi_green} too green, {ndwi_unsure} in regions without a sure pixel, {ndwi_only_in_ours} the other way round.
- Block by block, OTB and gdal_calc differ from the plain NDWI script in {blocks_differs_from_ndwi},
  {otb_differs_from_ndwi} and {chain_differs_from_ndwi} pixels.
- Labels, outlines (number and total area) and COGs (pixels; `validate_cloud_optimized_geotiff`) are compared in the
  run, which stops at a difference.
"""


# What --only takes: measured within one process or against a database, so quickly repeated apart.
APART = {"appends": "Appends to the journal", "runtime": "The runtimes", "alerts": "Alerts"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--announcements", type=int, required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--akka", default="")
    parser.add_argument("--script", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--only", choices=APART, default="")
    options = parser.parse_args()
    programs = {"program": options.program, "bench": options.bench, "script": options.script, "akka": options.akka,
                "peers": os.path.join(HERE, "peers"), "scripts": HERE}
    before = machine.load()
    work = os.path.join(options.folder, "work")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    old = _read(options.out)
    text = _one(options, programs, work, old, before) if options.only else _all(options, programs, work, old, before)
    with open(options.out, "w", encoding="utf-8") as out:
        out.write(text)
    shutil.rmtree(work)
    print(f"\n{page.section(text, APART[options.only]) if options.only else text}\nwritten to {options.out}")


def _one(options, programs, work, old, before):
    rows = _apart(options.only, options, programs, work)
    return page.replaced(old, APART[options.only], _table(options.only, programs, rows), before, "Models")


def _apart(name, options, programs, work):
    if name == "appends":
        return appends.rows(work, programs)
    if name == "alerts":
        return alerts.rows(work, programs, options.rounds)
    return runtime.rows(Scene(options.folder, options.side, options.bench), work, programs)


def _table(name, programs, rows):
    return table(rows) if rows else runtime.remark(programs) if name == "runtime" else ""


def _all(options, programs, work, old, before):
    scene = Scene(options.folder, options.side, options.bench)
    whole = Whole(scene, work, programs, options.rounds)
    sections = [("The whole program", table(whole.rows()))]
    equality = _equality(scene, work)
    sections.append(("Single steps", table(Parts(scene, work, programs, options.rounds).rows())))
    sections.append((
        "From the broker to the broker", table(latency.rows(scene, work, programs, options.announcements))))
    sections.append(("The journal", table(journal.rows(scene, work, programs, options.rounds))))
    for name, title in APART.items():
        sections.append((title, _table(name, programs, _apart(name, options, programs, work))))
    half = Scene(options.folder, options.side // 2, options.bench)
    sections.append(("Models", table(model.rows(half, work, programs, options.rounds))))
    # What eng/cluster.sh has measured stays as it is.
    nodes = page.section(old, "Several nodes")
    start = f"\n## Start\n\n{table(whole.start_rows())}\n"
    text = INTRODUCTION.format(
        rounds=options.rounds, cpu=machine.cpu(), memory=machine.memory(), before=before, after=machine.load(),
        versions=", ".join(f"{name} {version}" for name, version in machine.versions(options.script)), side=scene.side,
        tile=model.TILE, half=half.side, append_rounds=appends.ROUNDS,
        raw=scene.mebibytes(scene.raw), deflate=scene.mebibytes(scene.deflate))
    return text + "".join(f"\n## {title}\n\n{body}\n" for title, body in sections) + nodes + start + "\n" + equality


def _read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as text:
        return text.read()


def _equality(scene, work):
    out = subprocess.run(["/usr/bin/python3", os.path.join(HERE, "equality.py"), scene.raw, str(scene.side), work],
                         check=True, capture_output=True, text=True).stdout
    facts = json.loads(out)
    inputs = facts["water_differs_between_inputs"] + facts["vegetation_differs_between_inputs"]
    return EQUALITY.format(inputs=inputs, **facts)


main()
