#!/usr/bin/env bash
# Several daemons, each in a network namespace of its own, share a pass through one broker and one database. chaos takes
# nodes or the database away meanwhile; scale measures what one, two and three of them get done. Last line: one JSON
# object with the figures of each case; the exit code is 0 only when all of them hold, and 3 where no network namespaces
# can be made, or akka is asked for and its packages cannot be had. See docs/reliability.md and docs/benchmarks.md.
#   eng/cluster.sh chaos [--cases kill,cut,stop,no-database,database,drain,rolling] [--scenes N] [--strips N]
#                        [--away SECONDS] [--lease SECONDS] [--seed S]
#   eng/cluster.sh scale [--cases one,many] [--nodes N] [--wait MILLISECONDS] [--scenes N] [--height ROWS] [--seed S]
# Before the verb: --runtimes local,akka, --table FILE, --keep. A run without more after the verb writes its rows into
# the table of the page named above.
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=eng/switches.sh
. "$ROOT/eng/switches.sh"

wants_akka() {
  local word before=
  for word in "$@"; do
    if [ "$before" = --runtimes ]; then
      case ",$word," in *,akka,*) return 0 ;; esac
    fi
    before=$word
  done
  return 1
}

# The daemon with Akka.NET, and with whatever else of the full profile can be had.
build_full() {
  local -a arguments
  probe_switches "${SWITCHES[@]}" || exit 1
  if [ "${HAD[SpexActors]}" != yes ]; then
    printf '{"ok": false, "skipped": "Akka.NET cannot be had: no source has %s"}\n' "${LACK[SpexActors]}"
    exit 3
  fi
  mapfile -t arguments < <(full_arguments)
  say "building with $(full_names) (Release)"
  dotnet build "$ROOT/src/SpexStream.Daemon" -c Release -v quiet --nologo "${arguments[@]}" >"$ARTIFACTS/full.log" 2>&1 || {
    tail -20 "$ARTIFACTS/full.log" >&2
    say "the build failed; the whole output is in $ARTIFACTS/full.log"
    exit 1
  }
}

more=()
# Tests say which build they mean.
if [ -z "${CHAOS_PROGRAM:-}" ]; then
  need_packages "${RUN_PACKAGES[@]}" mosquitto-clients postgresql iproute2 iptables
  ensure_built
  CHAOS_PROGRAM=$(printf '%q' "$PROGRAM")
  if wants_akka "$@"; then
    build_full
    more=(--akka-program "$(printf '%q' "$ARTIFACTS/full/bin/SpexStream.Daemon/release/spexstream")")
  fi
fi
exec /usr/bin/python3 "$ROOT/eng/cluster/run.py" --program "$CHAOS_PROGRAM" "${more[@]}" "$@"
