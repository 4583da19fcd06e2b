#!/usr/bin/env bash
# A made flood in five passes over a running daemon (dry, rising, cloudy, peak, falling), killed after each; then an old
# pass comes again, and the peak is withdrawn. Counts what a separate mosquitto_sub heard of it. Last line: one JSON
# object with the figures; the exit code is 0 only when all of them hold.
#   eng/flood.sh [--short] [--seed S] [--keep]      --short: killed once only
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Tests say which build they mean.
if [ -z "${CHAOS_PROGRAM:-}" ]; then
  need_packages "${RUN_PACKAGES[@]}" mosquitto-clients libxml2-utils
  ensure_built
  CHAOS_PROGRAM=$(printf '%q' "$PROGRAM")
fi
exec /usr/bin/python3 "$ROOT/eng/flood/run.py" --program "$CHAOS_PROGRAM" "$@"
