"""How many appends a second two journals take: PostgreSQL against the file, on one disk, both flushed."""
import os
import shutil
import statistics
import time

from measure import Case
from postgres import Postgres
from report import Row

CALLERS = (1, 8, 32)
ROUNDS = 3
SECONDS = 1.5


def rows(work, programs):
    print("appends", flush=True)
    folder = os.path.join(work, "appends")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    made, flushes = [], _flushes(folder)
    with Postgres(os.path.join(folder, "postgres")) as database:
        for callers in CALLERS:
            file, shared = [], []
            # A-B-A-B; each warms up by itself.
            for number in range(ROUNDS):
                name = f"journal_{callers}_{number}"
                file.append(_answer(programs, os.path.join(folder, name), callers))
                shared.append(_answer(programs, database.new(name), callers))
            made.append(_row(callers, file, shared, flushes))
    shutil.rmtree(folder)
    return made


def _flushes(folder):
    """What the disk itself does, without which the others cannot be judged: a lone append is at least one flush."""
    path = os.path.join(folder, "flushes")
    page, count = b"x" * 4096, 0
    with open(path, "wb", buffering=0) as file:
        started = time.perf_counter()
        while (taken := time.perf_counter() - started) < SECONDS:
            file.write(page)
            os.fdatasync(file.fileno())
            count += 1
    rate = count / taken
    print(f"  bare: {rate:.0f}/s", flush=True)
    return rate


def _row(callers, file, shared, flushes):
    ours, peer = _middle(shared, "appends_per_second"), _middle(file, "appends_per_second")
    print(f"  {callers}: PostgreSQL {ours:.0f}/s, SQLite {peer:.0f}/s", flush=True)
    return Row(
        f"flushed appends a second, {callers} {'caller' if callers == 1 else 'callers'}: PostgreSQL over SQLite",
        _text(ours, shared), f"SQLite: {_text(peer, file)}", ours / peer,
        note=f"a bare 4 kB write and fdatasync on this disk: {flushes:.0f}/s")


def _text(rate, answers):
    return f"{rate:.0f}/s (p50 {_middle(answers, 'p50_ms'):.2f} ms, p99 {_middle(answers, 'p99_ms'):.1f} ms)"


def _middle(answers, field):
    return statistics.median(answer[field] for answer in answers)


def _answer(programs, place, callers):
    case = Case(f"appends {callers}", [programs["bench"], "appends", place, str(callers), str(SECONDS)],
                reads_seconds="p50_ms")
    case.run(True)
    return case.answer
