"""How long the rules of a scene take on many areas of interest."""
from measure import Case
from report import Row

AREAS, SIDE, THREADS = 10000, 8192, 2


def rows(programs, rounds):
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
            f"{case.answer['outlined']} outlines of gains and losses; without reading the masks"),
    ]
