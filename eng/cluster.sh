#!/usr/bin/env bash
# Several daemons, each in a network namespace of its own, share a pass through one broker and one database; one of them is
# killed, cut off, or stopped. Last line: one JSON object with the figures of each case; the exit code is 0 only when all of
# them hold, and 3 where no network namespaces can be made. See docs/reliability.md.
#   eng/cluster.sh chaos [--cases kill,cut,stop] [--scenes N] [--strips N] [--away SECONDS] [--lease SECONDS] [--seed S]
# Before the verb: --runtimes local,akka, --table FILE, --keep.
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Tests say which build they mean.
if [ -z "${CHAOS_PROGRAM:-}" ]; then
  need_packages "${RUN_PACKAGES[@]}" mosquitto-clients postgresql iproute2 iptables
  ensure_built
  CHAOS_PROGRAM=$(printf '%q' "$PROGRAM")
fi
exec /usr/bin/python3 "$ROOT/eng/cluster/run.py" --program "$CHAOS_PROGRAM" "$@"
