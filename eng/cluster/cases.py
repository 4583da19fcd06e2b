"""What is taken away from nodes in the middle of a pass; gives how long it took until the scenes went on."""
import os
import signal
import time

import counts
from rig import Failed, wait_for

# Between the moment when the database goes and the last acknowledgement of what was written before.
SETTLED_SECONDS = 1.0
JOURNAL_AWAY = "the journal does not answer"


def kill(station, options):
    """SIGKILL; a supervisor starts it again."""
    victim, owned = _busiest(station)
    # Not at once: what is measured is how long the others need.
    station.unsupervised.add(victim)
    station.nodes[victim].kill()
    station.nodes[victim].wait()
    resumed = _resumed(station, owned)
    station.start(victim)
    return {"owned": owned.count, "resume_s": resumed}


def cut(station, options):
    """No packet leaves it or comes to it."""
    victim, owned = _busiest(station)
    process = station.nodes[victim]
    station.net.cut(victim)
    resumed = _resumed(station, owned)
    _rest(options, resumed)
    station.net.heal(victim)
    _thrown_out(station, victim, process)
    return {"owned": owned.count, "resume_s": resumed}


def stop(station, options):
    """SIGSTOP, then SIGCONT: it wakes up with what it believed before."""
    victim, owned = _busiest(station)
    process = station.nodes[victim]
    process.send_signal(signal.SIGSTOP)
    resumed = _resumed(station, owned)
    _rest(options, resumed)
    process.send_signal(signal.SIGCONT)
    _thrown_out(station, victim, process)
    return {"owned": owned.count, "resume_s": resumed}


def no_database(station, options):
    """It reaches the broker, and not the database."""
    victim, owned = _busiest(station)
    begun = time.monotonic()
    station.net.cut_from_database(victim)
    time.sleep(SETTLED_SECONDS)
    acknowledged = station.acknowledged(victim)
    wait_for(f"node {victim} to say that it has no journal", lambda: _says_so(station, victim))
    said = time.monotonic() - begun
    if station.runtime != "local":
        # Until then it may have passed strips on to scenes of others, which wrote them down.
        time.sleep(SETTLED_SECONDS)
        acknowledged = station.acknowledged(victim)
    # Where scenes have no leases they stay with their node, which the others still reach, and stand still.
    resumed = _resumed(station, owned, begun) if station.runtime == "local" else None
    _rest(options, said if resumed is None else resumed)
    meanwhile = station.acknowledged(victim) - acknowledged
    station.net.heal(victim)
    back = _back(station, victim)
    return {"owned": owned.count, "resume_s": back if resumed is None else resumed, "said_s": said,
            "acknowledged": meanwhile, "back_s": back}


def database(station, options):
    """Nobody reaches the database, which is ended and started again."""
    nodes = list(station.nodes)
    begun = time.monotonic()
    station.database.stop()
    time.sleep(SETTLED_SECONDS)
    acknowledged = station.acknowledged(*nodes)
    for number in nodes:
        wait_for(f"node {number} to say that it has no journal", lambda n=number: _says_so(station, n))
    said = time.monotonic() - begun
    _rest(options, said)
    meanwhile = station.acknowledged(*nodes) - acknowledged
    station.database.start()
    begun, scenes = time.monotonic(), counts.epochs(station)
    if station.runtime == "local":
        wait_for("every scene to have an owner again",
                 lambda: counts.owners(station).keys() | station.closed() >= scenes.keys())
    resumed = time.monotonic() - begun
    back = _back(station, *nodes)
    # Where scenes have no leases nobody says who has them: then it counts that all are ready.
    return {"owned": len(scenes), "resume_s": max(resumed, back if station.runtime != "local" else 0),
            "said_s": said, "acknowledged": meanwhile, "back_s": resumed + back}


def drain(station, options):
    """SIGTERM to one node, which leaves for good."""
    victim, owned = _busiest(station)
    resumed = _leave(station, victim, owned)
    # It joins again only when the pass is over: what came of the pass came of the others.
    return {"owned": owned.count, "resume_s": resumed}


def rolling(station, options):
    """Each node is asked to end, and started again when it has; one after the other."""
    worst, moved = 0.0, 0
    for number in list(station.nodes):
        owned = counts.Owned(station, number)
        worst = max(worst, _leave(station, number, owned))
        moved += owned.count
        station.start(number)
        station.wait_ready(number)
    if moved == 0:
        raise Failed("no node had a scene when it was asked to end, so that it shows nothing")
    return {"owned": moved, "resume_s": worst}


CASES = {"kill": kill, "cut": cut, "stop": stop, "no-database": no_database, "database": database, "drain": drain,
         "rolling": rolling}
# In these somebody has to take over within the time that is promised; in Akka.NET a node that is silent, and not dead,
# is waited for longer before the others throw it out.
PROMISED = ("kill", "no-database", "drain", "rolling")
PROMISED_BY_LEASE = (*PROMISED, "cut", "stop")
# In these something comes back after a while.
FOR_A_WHILE = ("cut", "stop", "no-database", "database")
# Slower, where the disturbance itself takes long.
PACES_MS = {"rolling": 3000}
PACE_MS = 1500


def faults(case, found, most, has_leases):
    """What a case shows that it should not."""
    bad = []
    if case in (PROMISED_BY_LEASE if has_leases else PROMISED) and found["resume_s"] > most:
        bad.append(f"resume_s {found['resume_s']:.1f} above {most:g}")
    if found.get("said_s", 0) > most:
        bad.append(f"said_s {found['said_s']:.1f} above {most:g}")
    if found.get("acknowledged"):
        bad.append(f"acknowledged {found['acknowledged']} without a journal")
    return bad


def _busiest(station):
    """The node with most scenes, and what it has."""
    found = {number: counts.Owned(station, number) for number in station.nodes}
    victim = max(found, key=lambda number: found[number].count)
    print(f"node {victim} owns {found[victim].count} scenes", flush=True)
    if found[victim].is_nothing:
        raise Failed("no node has a scene, so that taking one away shows nothing")
    return victim, found[victim]


def _resumed(station, owned, begun=None):
    """Seconds until others own what a node owned."""
    begun = begun or time.monotonic()
    wait_for("others to take the scenes over", lambda: owned.is_taken(station))
    return time.monotonic() - begun


def _leave(station, number, owned):
    begun = time.monotonic()
    station.unsupervised.add(number)
    station.nodes[number].send_signal(signal.SIGTERM)
    resumed = _resumed(station, owned, begun)
    if (code := station.nodes[number].wait(90)) != 0:
        raise Failed(f"node {number} ends with {code} when it is asked to")
    return resumed


def _thrown_out(station, number, process):
    """Where scenes have no leases, a node that the others gave up learns of it from them, and ends."""
    if station.runtime != "local":
        wait_for(f"node {number} to end, which the others have thrown out", lambda: process.poll() is not None)


def _rest(options, over):
    time.sleep(max(0.0, options.away - over))


def _says_so(station, number):
    if JOURNAL_AWAY not in station.readiness(number):
        return False
    with open(os.path.join(station.folder, station.logs[number]), encoding="utf-8") as log:
        return "[2404]" in log.read()


def _back(station, *numbers):
    begun = time.monotonic()
    station.wait_ready(*numbers)
    return time.monotonic() - begun
