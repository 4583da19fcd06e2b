"""The table: what was compared, the ratio, the goal, and whether it was reached."""
from dataclasses import dataclass


@dataclass
class Row:
    what: str
    ours: str
    peer: str
    ratio: float
    goal: str = ""
    note: str = ""

    @property
    def reached(self):
        if not self.goal:
            return ""
        sign, limit = self.goal.split()[:2]
        holds = self.ratio >= float(limit) if sign == ">=" else self.ratio <= float(limit)
        return "yes" if holds else "**no**"


def seconds(case):
    """Wall time; for a whole program also the time of its cores, which other work on the machine changes less."""
    wall = f"{case.median:.2f} s" if case.median >= 0.1 else f"{1000 * case.median:.0f} ms"
    return wall if case.reads_seconds else f"{wall} (CPU {case.median_cpu:.2f})"


def against(what, ours, peer, goal="", note=""):
    """How many times as fast as the peer."""
    return Row(what, seconds(ours), f"{peer.name}: {seconds(peer)}", peer.median / ours.median, goal, note)


def table(rows):
    lines = ["| what | SpexStream | against | ratio | goal | reached |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        note = f"; {row.note}" if row.note else ""
        lines.append(f"| {row.what} | {row.ours} | {row.peer}{note} | {row.ratio:.2f} | {row.goal} | {row.reached} |")
    return "\n".join(lines)
