"""A run of a check in a folder of its own, and what is said of it in the end. Also of eng/soak."""
import json
import shutil
import signal
import sys
import tempfile

from rig import Failed


def judge(name, options, run, **facts):
    """Runs, prints what was found as one JSON line, and ends the process: with 0 only when nothing was bad.

    run(options, folder) returns what it found and what was bad. The folder stays when something was bad or `--keep` was
    given. The options hold `seed` and `keep`; the facts stand first in the line.
    """
    print(f"seed {options.seed}", flush=True)
    folder = tempfile.mkdtemp(prefix=f"spex-{name}-")
    # Else a run that is ended from outside would leave its processes behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    found, bad = {}, []
    try:
        found, bad = run(options, folder)
    except Failed as fault:
        bad = [str(fault)]
    finally:
        if not bad and not options.keep:
            shutil.rmtree(folder)
        else:
            print(f"the folder of the run: {folder}", flush=True)
    print(json.dumps({**facts, "ok": not bad, "failed": bad, "seed": options.seed, **found}))
    sys.exit(1 if bad else 0)
