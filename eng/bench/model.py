"""Models: the whole pipeline against loops that do nothing but run the same network on the same devices."""
import os
import shutil

from measure import Case
from report import Row

TILE = 256
# One tile at a time: on a processor both are faster so.
BATCH = 1
# Least milliseconds of a network for a tile on one thread, and what is asked of the pipeline then.
NETWORKS = ((20, ">= 0.95"), (5, ">= 0.85"))
DEVICES = ((1, "one device, a core left for the rest"), (2, "two devices, every core computes"))
TOKENS = 1000


def rows(scene, work, programs, rounds):
    print("models", flush=True)
    made = []
    for devices, where in DEVICES:
        for milliseconds, goal in NETWORKS:
            made += _network(scene, work, programs, rounds, devices, where, milliseconds, goal)
    made += [_second(scene, work, programs, rounds, milliseconds) for milliseconds, _ in NETWORKS]
    return made + [_decoding(work, programs, rounds)]


def _network(scene, work, programs, rounds, devices, where, milliseconds, goal):
    answer = _run(f"model {milliseconds} ms, {devices}", "milliseconds", work, lambda folder: [
        programs["bench"], "model", scene.raw, scene.plain, str(scene.side), folder, str(TILE), str(devices),
        str(BATCH), str(milliseconds), str(rounds)])
    if answer["differences"]:
        raise SystemExit(f"{answer['differences']} pixels of the masks are not what the bare network says.")
    what = f"{answer['milliseconds']:.1f} ms a tile, {where}"
    bare = answer["tiles"] / answer["bare_seconds"]
    peer = f"bare runs, as many threads: {bare:.1f} tiles/s"
    return [
        Row(f"{what}: whole scene", f"{answer['ratio'] * bare:.1f} tiles/s", peer, answer["ratio"], goal),
        Row(f"{what}: first answer to last", f"{answer['steady_ratio'] * bare:.1f} tiles/s", peer,
            answer["steady_ratio"]),
    ]


def _second(scene, work, programs, rounds, milliseconds):
    answer = _run(f"second opinion, {milliseconds} ms", "second_seconds", work, lambda folder: [
        programs["bench"], "second", scene.raw, scene.plain, str(scene.side), folder, str(TILE), str(milliseconds),
        str(max(rounds, 7))])
    return Row(f"a network of {milliseconds} ms a tile with a second opinion of the rules: processor",
               f"{answer['second_cpu_milliseconds']:.1f} ms a tile",
               f"without: {answer['cpu_milliseconds']:.1f} ms a tile", answer["ratio"],
               "<= 1.05" if milliseconds >= 20 else "",
               f"wall {answer['second_seconds'] / answer['seconds']:.2f} of that without")


def _decoding(work, programs, rounds):
    answer = _run("decode", "ratio", work, lambda folder: [
        programs["bench"], "decode", folder, str(TOKENS), str(max(rounds, 5))])
    return Row(f"tiny SPEX, {answer['tokens']} tokens behind a prompt",
               f"{answer['decode_tokens_per_second']:.0f} tokens/s",
               f"bare runs of the decoder: {answer['bare_tokens_per_second']:.0f} tokens/s", answer["ratio"], ">= 0.8",
               "bare: nothing embedded, chosen or kept")


def _run(name, reads, work, command):
    folder = os.path.join(work, "model")
    shutil.rmtree(folder, ignore_errors=True)
    case = Case(name, command(folder), reads_seconds=reads)
    case.run(True)
    print(f"  {name}: {case.answer}", flush=True)
    return case.answer
