"""From an announcement on the broker to the observation on it, with a broker and a daemon of its own."""
import os
import shutil
import socket
import subprocess
import time

from measure import Case
from report import Row

STATION = "bench"
START_LIMIT_SECONDS = 30


def rows(scene, work, programs, scenes):
    print("latency", flush=True)
    folder = os.path.join(work, "latency")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    port = free_port()
    broker = daemon = None
    log = os.path.join(folder, "mosquitto.log")
    try:
        broker = _start_broker(folder, port, log)
        daemon = _start_daemon(folder, port, scene, programs)
        # The daemon is there for strips once the broker has its subscription.
        _wait_for(log, "/in/strip/", daemon)
        case = Case("latency", [programs["bench"], "latency", scene.strip, str(port), STATION, folder, str(scenes)],
                    reads_seconds="final_p95")
        case.run(True)
    finally:
        for process in (daemon, broker):
            if process:
                process.terminate()
                process.wait()
    facts = case.answer
    print(f"  {facts}", flush=True)
    bare = facts["bare_median"]
    against = f"bare processing: median {bare:.2f} s, p95 {facts['bare_p95']:.2f} s"
    return [
        Row(f"announcement to last final observation, p95 of {scenes} scenes", f"{facts['final_p95']:.2f} s", against,
            facts["final_p95"] / bare, "<= 1.5"),
        Row("the same, median", f"{facts['final_median']:.2f} s", against, facts["final_median"] / bare),
        Row("announcement to first (preliminary) observation, p95", f"{facts['first_p95']:.2f} s", against,
            facts["first_p95"] / bare),
    ]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start_broker(folder, port, log):
    path = os.path.join(folder, "mosquitto.conf")
    with open(path, "w", encoding="utf-8") as conf:
        conf.write(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n"
                   "log_dest stderr\nlog_type all\n")
    mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    with open(log, "w", encoding="utf-8") as out:
        broker = subprocess.Popen([mosquitto, "-c", path], stdout=out, stderr=out)
    _wait_for(log, "running", broker)
    return broker


def _start_daemon(folder, port, scene, programs):
    with open(os.path.join(folder, "daemon.log"), "w", encoding="utf-8") as log:
        return subprocess.Popen(
            ["bash", programs["script"], "run", "--broker", f"mqtt://127.0.0.1:{port}", "--station", STATION,
             "--data", os.path.join(folder, "data"), "--out", os.path.join(folder, "products"), "--allow", scene.folder,
             "--http", "0", "--classes", "water,vegetation", "--products", "masks,regions"],
            stdout=log, stderr=log)


def _wait_for(path, text, process):
    limit = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        if os.path.exists(path):
            with open(path, encoding="utf-8", errors="replace") as log:
                if text in log.read():
                    return
        time.sleep(0.05)
    raise SystemExit(f"{path}: '{text}' did not appear.")
