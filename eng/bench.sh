#!/usr/bin/env bash
# Measures SpexStream against its peers and writes docs/benchmarks.md (about twelve minutes). Akka.NET against the
# in-process runtime is left out, and the page says so, where its packages cannot be had.
#   eng/bench.sh [--quick] [--only appends|runtime|alerts]
#     --quick: a small scene and one round, into artifacts/bench/quick.md; only to see that it runs
#     --only:  one section that needs no other program; the rest of the page stays as it is
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=eng/switches.sh
. "$ROOT/eng/switches.sh"
BENCH_PACKAGES=(gdal-bin python3-gdal python3-rasterio python3-scipy otb-bin postgresql)

side=8192 rounds=3 announcements=30 out="$ROOT/docs/benchmarks.md" only=
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) side=2048 rounds=1 announcements=4 out="$ARTIFACTS/bench/quick.md" ;;
    --only)
      only=${2:-}
      [[ $only =~ ^(appends|runtime|alerts)$ ]] || {
        say "--only takes appends, runtime or alerts"
        exit 2
      }
      shift
      ;;
    *)
      say "eng/bench.sh takes --quick and --only"
      exit 2
      ;;
  esac
  shift
done

PROJECT="$ROOT/tests/SpexStream.Benchmarks/SpexStream.Benchmarks.csproj"
BENCH="bin/SpexStream.Benchmarks/release/SpexStream.Benchmarks"

build() {
  dotnet build "$PROJECT" -c Release -v quiet --nologo "$@" >"$ARTIFACTS/bench/build.log" 2>&1 || {
    tail -20 "$ARTIFACTS/bench/build.log" >&2
    exit 1
  }
}

# A tree of its own, which differs from the other by nothing but the runtime.
akka=
build_akka() {
  probe_switches SpexActors || exit 1
  if [ "${HAD[SpexActors]}" != yes ]; then
    say "Akka.NET cannot be had (no source has ${LACK[SpexActors]}): its row is left out"
    return 0
  fi
  local config
  config=$(nuget_config) || exit 1
  build -p:SpexActors=akka "-p:ArtifactsPath=$ARTIFACTS/akka" ${config:+"-p:SpexNugetConfig=$config"}
  akka="$ARTIFACTS/akka/$BENCH"
}

mkdir -p "$ARTIFACTS/bench"
exec 8>"$ARTIFACTS/bench.lock"
flock 8
case "$only" in
  "") need_packages "${RUN_PACKAGES[@]}" "${BENCH_PACKAGES[@]}" ;;
  *) need_packages "${RUN_PACKAGES[@]}" gdal-bin postgresql ;;
esac
[ -n "$only" ] || ensure_built
build
case "$only" in "" | runtime) build_akka ;; esac

# What runs there must not hold the lock beyond its own life.
/usr/bin/python3 "$ROOT/eng/bench/run.py" --side "$side" --rounds "$rounds" --announcements "$announcements" \
  --folder "$ARTIFACTS/bench" --program "$PROGRAM" --script "$ROOT/eng/spexstream.sh" --out "$out" \
  --bench "$ARTIFACTS/$BENCH" --akka "$akka" ${only:+--only "$only"} 8>&-
