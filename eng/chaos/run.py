"""Kills what a pass needs while it runs, and counts what came of it. Called by eng/chaos.sh; see docs/reliability.md."""
import argparse
import os
import random
import shlex
import signal
import statistics
import subprocess
import time

import checks
import scene
from rig import INPUT, SCENE, TILE, Failed, Rig
from verdict import judge

WIDTH, HEIGHT = 700, 1600
# Which time a fail point is passed; the first where nothing is said.
HITS = {"before-journal": 3, "after-journal-before-ack": 3, "after-ack": 3, "spool-write-middle": 2,
        "tile-write-middle": 4, "after-journal-before-outbox-send": 5, "after-publish-before-outbox-delete": 2}
POINT_STRIPS = 6


def main():
    parser = argparse.ArgumentParser(prog="eng/chaos.sh")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--reference", help="folder that keeps scene and undisturbed products for the next run")
    parser.add_argument("--model", action="store_true", help="an untrained SPEX instead of the spectral rules")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the run")
    verbs = parser.add_subparsers(dest="verb", required=True)
    kill = verbs.add_parser("kill", help="the daemon, at random moments")
    kill.add_argument("--times", type=int, default=50)
    for name in ("broker", "offline"):
        verbs.add_parser(name)
    verbs.add_parser("device", help="one of two devices, from its third batch on")
    point = verbs.add_parser("point", help="the daemon, at a named place")
    point.add_argument("name", help="NAME or NAME:N")
    for verb in verbs.choices.values():
        verb.add_argument("--seed", type=int, default=1)
        verb.add_argument("--strips", type=int, default=POINT_STRIPS if verb is point else 40)
    options = parser.parse_args()
    options.model |= options.verb == "device"
    judge("chaos", options, _run, verb=options.verb, model=options.model)


def _run(options, folder):
    program = shlex.split(options.program)
    place = options.reference or os.path.join(folder, "reference")
    backend = ["--backend", _pack(program, place, options.seed)] if options.model else []
    raster, reference = _reference(program, place, options.seed, backend)
    with Rig(os.path.join(folder, "rig"), program, raster, scene.BANDS, more=backend) as rig:
        extra = {"kill": _kill, "broker": _broker, "offline": _offline, "device": _device,
                 "point": _point}[options.verb](rig, options)
        checks.settle(rig)
        found = {**checks.figures(rig, reference, options.strips), **extra}
        bad = checks.faults(found)
        # One that still starts has nothing to end in order.
        rig.wait_ready()
        if rig.stop_daemon() != 0:
            bad.append("the daemon does not end with 0")
        return found, bad


def _pack(program, folder, seed):
    """An untrained model: its masks mean nothing, and must be the same all the same."""
    pack = os.path.join(folder, f"pack-{seed}")
    if not os.path.exists(pack):
        os.makedirs(folder, exist_ok=True)
        subprocess.run([*program, "model", "make-tiny", "--seed", str(seed), "--image-size", "64", "--max-tokens", "8",
                        "--out", pack], check=True, stdout=subprocess.DEVNULL)
    return pack


def _reference(program, folder, seed, backend):
    """The scene, and its products when nothing disturbs."""
    raster = os.path.join(folder, f"scene-{seed}.tif")
    products = os.path.join(folder, f"{'model' if backend else 'products'}-{seed}")
    if not os.path.exists(products):
        os.makedirs(folder, exist_ok=True)
        scene.make(raster, WIDTH, HEIGHT, seed)
        subprocess.run(
            [*program, "process", raster, "--bands", scene.BANDS, *INPUT, "--scene", SCENE, "--tile", TILE,
             "--out", products + ".new", *backend], check=True, stdout=subprocess.DEVNULL)
        os.rename(products + ".new", products)
    return raster, os.path.join(products, SCENE)


def _kill(rig, options):
    chance = random.Random(options.seed)
    started = time.monotonic()
    rig.start_daemon()
    rig.wait_ready()
    start_seconds = time.monotonic() - started
    # Most kills fall while strips come, the rest while they are put together.
    pace = 0.9 * options.times * (0.8 * start_seconds + 0.4) / options.strips
    submit = rig.submit(options.strips, pace_ms=int(1000 * pace))
    resumed, moments = [], {"starting": 0, "gathering": 0, "assembling": 0, "closed": 0}
    for number in range(options.times):
        # A few while the daemon still starts; all of them once every strip is announced, for there a scene is taken up
        # and put together before the daemon is ready for more.
        at_start = chance.random() < 0.2 or submit.poll() is not None
        wait = chance.random() * (1.2 * start_seconds if at_start else 0.8)
        if not at_start:
            rig.wait_ready()
        time.sleep(wait)
        moment = _moment(rig)
        moments[moment] += 1
        print(f"kill {number + 1} of {options.times}: {wait:.3f} s after the {'start' if at_start else 'readiness'}, "
              f"{moment}", flush=True)
        rig.kill_daemon()
        before, begun = _progress(rig), time.monotonic()
        rig.start_daemon()
        # A scene that was published has nothing left to get on with, also when the kill fell while the daemon started.
        if number % 5 == 4 and not checks.Journal(rig).facts("scene-published"):
            rig.wait_while_alive("progress after a restart", lambda b=before: _progress(rig) != b)
            resumed.append(time.monotonic() - begun)
    if submit.wait() != 0:
        raise Failed(f"submit ended with {submit.returncode}, see {rig.path('submit.log')}")
    return {"kills": options.times, **{f"kills_{name}": count for name, count in moments.items()},
            "resume_s": round(statistics.median(resumed), 3) if resumed else None,
            "resume_s_max": round(max(resumed), 3) if resumed else None}


def _moment(rig):
    if not rig.is_ready():
        return "starting"
    if any(name.startswith(f".{SCENE}@") for name in os.listdir(rig.path("out"))):
        return "assembling"
    return "closed" if checks.Journal(rig).facts("scene-published") else "gathering"


def _progress(rig):
    """Grows with whatever the daemon has done for the scene."""
    tiles = rig.path("data", "work", SCENE, "tiles.log")
    return (checks.Journal(rig).count("facts"), os.path.getsize(tiles) if os.path.exists(tiles) else 0,
            sorted(os.listdir(rig.path("out"))))


def _broker(rig, options):
    rig.start_daemon()
    rig.wait_ready()
    submit = rig.submit(options.strips, pace_ms=100)
    chance = random.Random(options.seed)
    for _ in range(2):
        time.sleep(0.5 + chance.random())
        rig.kill_broker()
        time.sleep(chance.random())
        rig.start_broker()
    # It may have ended with the broker, or believe a promise that the broker did not keep.
    submit.wait()
    again = rig.submit(options.strips)
    if again.wait() != 0:
        raise Failed(f"submit ended with {again.returncode}, see {rig.path('submit.log')}")
    return {"broker_kills": 2, "submitted_first": submit.returncode == 0}


def _offline(rig, options):
    rig.start_daemon()
    rig.wait_ready()
    rig.kill_daemon()
    submit = rig.submit(options.strips)
    if submit.wait() != 0:
        raise Failed(f"submit ended with {submit.returncode}, see {rig.path('submit.log')}")
    before, begun = checks.Journal(rig).count("facts"), time.monotonic()
    rig.start_daemon()
    rig.wait_while_alive("progress", lambda: checks.Journal(rig).count("facts") != before)
    return {"resume_s": round(time.monotonic() - begun, 3)}


def _device(rig, options):
    rig.start_daemon(settings={"SPEX_BREAK_DEVICE": "cpu:0,3"})
    rig.wait_ready()
    if rig.submit(options.strips).wait() != 0:
        raise Failed(f"submit failed, see {rig.path('submit.log')}")
    rig.wait_while_alive("the closed scene", rig.is_closed)
    with open(rig.daemon_log, encoding="utf-8") as log:
        failures = sum("A device failed" in line for line in log)
    if not failures:
        raise Failed("the device did not fail: the scene has too few batches")
    return {"device_failures": failures}


def _point(rig, options):
    name = options.name.split(":")[0]
    rig.start_daemon(fail_at=options.name if ":" in options.name else f"{name}:{HITS.get(name, 1)}")
    rig.wait_ready()
    submit = rig.submit(options.strips, more=["--in-band"] if name == "spool-write-middle" else [])
    died = rig.daemon.wait(30)
    if died != -signal.SIGKILL:
        raise Failed(f"{name}: the daemon ended with {died} before it came there, see {rig.daemon_log}")
    rig.start_daemon()
    if submit.wait() != 0:
        raise Failed(f"submit ended with {submit.returncode}, see {rig.path('submit.log')}")
    return {"point": name}


main()
