#!/usr/bin/env bash
# Kills what a pass needs while it runs, and counts what is lost and what is doubled. Last line: one JSON object with the
# figures; the exit code is 0 only when all of them hold.
#   eng/chaos.sh kill [--times N]     the daemon, N times at random moments of a pass
#   eng/chaos.sh broker               the broker, twice during a pass
#   eng/chaos.sh offline              a pass is announced while the daemon is away
#   eng/chaos.sh device               one of two devices that compute a model, from its third batch on
#   eng/chaos.sh point NAME[:N]       the daemon at a named place (docs/reliability.md)
# Each takes --seed S and --strips N; before the verb: --keep, --reference DIR, --model (an untrained SPEX).
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Tests say which build they mean.
if [ -z "${CHAOS_PROGRAM:-}" ]; then
  need_packages "${RUN_PACKAGES[@]}" mosquitto-clients
  ensure_built
  CHAOS_PROGRAM=$(printf '%q' "$PROGRAM")
fi
exec /usr/bin/python3 "$ROOT/eng/chaos/run.py" --program "$CHAOS_PROGRAM" "$@"
