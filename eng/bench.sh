#!/usr/bin/env bash
# Measures SpexStream against its peers and writes docs/benchmarks.md (about ten minutes).
#   eng/bench.sh [--quick]     --quick: a small scene and one round, into artifacts/bench/quick.md; only to see that it runs
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
BENCH_PACKAGES=(gdal-bin python3-gdal python3-rasterio python3-scipy otb-bin)

side=8192 rounds=3 announcements=30 out="$ROOT/docs/benchmarks.md"
case "${1:-}" in
  "") ;;
  --quick) side=2048 rounds=1 announcements=4 out="$ARTIFACTS/bench/quick.md" ;;
  *)
    say "eng/bench.sh takes --quick or nothing"
    exit 2
    ;;
esac

mkdir -p "$ARTIFACTS/bench"
exec 8>"$ARTIFACTS/bench.lock"
flock 8
need_packages "${RUN_PACKAGES[@]}" "${BENCH_PACKAGES[@]}"
ensure_built
dotnet build "$ROOT/tests/SpexStream.Benchmarks/SpexStream.Benchmarks.csproj" -c Release -v quiet --nologo \
  >"$ARTIFACTS/bench/build.log" 2>&1 || {
  tail -20 "$ARTIFACTS/bench/build.log" >&2
  exit 1
}

# What runs there must not hold the lock beyond its own life.
/usr/bin/python3 "$ROOT/eng/bench/run.py" --side "$side" --rounds "$rounds" --announcements "$announcements" \
  --folder "$ARTIFACTS/bench" --program "$PROGRAM" --script "$ROOT/eng/spexstream.sh" --out "$out" \
  --bench "$ARTIFACTS/bin/SpexStream.Benchmarks/release/SpexStream.Benchmarks" 8>&-
