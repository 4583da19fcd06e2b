"""What Akka.NET costs: the same scenes in one process, with it and with the in-process runtime."""
import os

from measure import Case
from report import Row

ROUNDS = 15


def rows(scene, work, programs):
    if not programs["akka"]:
        return []
    print("runtimes", flush=True)
    case = Case("runtime", [programs["akka"], "runtime", scene.raw, os.path.join(work, "runtime"), str(ROUNDS)],
                reads_seconds="akka_seconds")
    case.run(True)
    print(f"  {case.answer}", flush=True)
    local, akka = case.answer["local_seconds"], case.answer["akka_seconds"]
    return [
        Row("masks and regions, uncompressed, with Akka.NET: wall over that of the in-process runtime", f"{akka:.3f} s",
            f"in-process: {local:.3f} s", akka / local, "<= 1.03",
            f"one warm process, both with a journal; median of {ROUNDS} rounds in turn; "
            f"{case.answer['equal_files']} files of products equal byte for byte before"),
    ]


def remark(programs):
    """Why there is no row, where there is none."""
    return "" if programs["akka"] else (
        "Akka.NET is not measured: its packages could not be had, so the in-process runtime is the only one.")
