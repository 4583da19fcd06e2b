#!/usr/bin/env bash
# Announces more than the daemon can do, for minutes, and looks whether every buffer keeps to its bound, memory stays what it
# was, and every strip is delivered in the end. Last line: one JSON object with the figures; the exit code is 0 only when all
# of them hold. See docs/reliability.md.
#   eng/soak.sh [--minutes M] [--load L] [--seed S] [--keep]
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Tests say which build they mean.
if [ -z "${CHAOS_PROGRAM:-}" ]; then
  need_packages "${RUN_PACKAGES[@]}" mosquitto-clients
  ensure_built
  CHAOS_PROGRAM=$(printf '%q' "$PROGRAM")
fi
exec /usr/bin/python3 "$ROOT/eng/soak/run.py" --program "$CHAOS_PROGRAM" "$@"
