"""What the journal costs: the same scenes in one process, with and without."""
import os

from measure import Case
from report import Row


def rows(scene, work, programs, rounds):
    print("journal", flush=True)
    case = Case("journal", [programs["bench"], "journal", scene.raw, os.path.join(work, "journal"), str(max(rounds, 5))],
                reads_seconds="journal_seconds")
    case.run(True)
    plain, with_it = case.answer["plain_seconds"], case.answer["journal_seconds"]
    return [
        Row("masks and regions, uncompressed, with the journal: wall over that without", f"{with_it:.2f} s",
            f"the same without: {plain:.2f} s", with_it / plain, "<= 1.05",
            "one warm process; facts forced to the disk, tiles' answers kept, messages in the outbox"),
    ]
