"""How long the rules of a scene take on many areas of interest."""
import json
import os
import subprocess

from measure import Case
from report import Row

AREAS, SIDE, THREADS = 10000, 8192, 2


def rows(work, programs, rounds):
    return [*_measuring(programs, rounds), *_judging(work, programs), *_seconds(programs)]


def _measuring(programs, rounds):
    print("alerts", flush=True)
    case = Case("alerts", [programs["bench"], "alerts", str(AREAS), str(SIDE), str(THREADS), str(max(rounds, 5))],
                reads_seconds="seconds")
    case.run(True)
    print(f"  {case.answer}", flush=True)
    took, packing = case.answer["seconds"], case.answer["index_seconds"]
    named, checking = case.answer["named_seconds"], case.answer["check_seconds"]
    change = case.answer["change_seconds"]
    return [
        Row(f"one rule on {case.answer['areas']} areas over a scene of {SIDE} x {SIDE}, two threads: seconds",
            f"{took:.2f} s", "the goal of one second", took, "<= 1",
            "areas found, measured and judged, on made runs of about 50 pixels; "
            f"packing the areas, once per file: {1000 * packing:.0f} ms; before, "
            f"{case.answer['compared_pixels']} pixels of every twentieth area counted one by one, "
            f"{case.answer['differing_pixels']} differ"),
        Row(f"the same where the rule names its {case.answer['areas']} areas: seconds", f"{named:.2f} s",
            "the goal of one second", named, "<= 1",
            f"with the check of the rule, which is made once per file and alone takes {1000 * checking:.0f} ms"),
        Row("all of them compared with an earlier pass, two threads: seconds", f"{change:.2f} s",
            "the goal of one second", change, "<= 1",
            "what a scene costs more where every area has an alert; grids half a pixel apart, "
            f"{case.answer['outlined']} outlines of gains and losses brought to the Earth; without reading the "
            "masks"),
    ]


def _judging(work, programs):
    answer = _run(programs, "judging", 3, os.path.join(work, "judging"))
    took = answer["trial_seconds"] + answer["decide_seconds"]
    areas = answer["areas"]
    return [
        Row(f"an alert raised in each of {areas} areas of 122 positions, with what changed, two threads: seconds",
            f"{took:.2f} s (CPU {answer['trial_seconds'] + answer['decide_cpu_seconds']:.2f})",
            "the goal of one second", took, "<= 1",
            f"the trial of what is to be compared ({1000 * answer['trial_seconds']:.0f} ms), the judgement, and "
            f"{3 * areas} messages ({answer['message_bytes'] / 1e6:.0f} MB) fitted to 8192 bytes: "
            f"{answer['outlines_told']} of {answer['outlines']} outlines are told; without the comparison (the row "
            "above), reading the masks, and the journal"),
        Row("the same with the appends to SQLite: seconds, over those above", f"{answer['write_seconds']:.2f} s",
            f"{took:.2f} s", answer["write_seconds"] / took,
            note=f"{answer['journal_bytes'] / 1e6:.0f} MB of facts and messages, one append after the other; read at a "
                 f"start in {answer['start_seconds']:.1f} s, {answer['book_bytes'] / areas / 1000:.1f} kB of memory for "
                 "each alert"),
    ]


def _seconds(programs):
    answer = _run(programs, "agreement", 5)
    rise, alone = answer["rise_seconds"], answer["alone_seconds"]
    both, two = answer["two_seconds"], answer["two_alone_seconds"]
    return [
        Row(f"{answer['areas']} areas measured at the end of a scene with a second opinion, two threads: seconds",
            f"{rise:.2f} s", f"without: {alone:.2f} s", rise, "<= 1",
            "regions joined before, tiles in memory; a rule that watches for a rise is measured once more, "
            f"{answer['plane_bytes'] / 1e6:.1f} MB of packed planes unpacked"),
        Row("the same with rules for rise and fall: seconds", f"{both:.2f} s", f"without: {two:.2f} s", both, "<= 1",
            "measured twice more"),
    ]


def _run(programs, verb, rounds, *folder):
    print(verb, flush=True)
    command = [programs["bench"], verb, str(AREAS), str(SIDE), str(THREADS), str(rounds), *folder]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"  {answer}", flush=True)
    return answer
