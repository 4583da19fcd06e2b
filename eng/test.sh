#!/usr/bin/env bash
# Sets everything up, builds and tests the minimal profile, then once more what stands behind each seam whose packages
# can be had, in artifacts/full. Last line: N passed, N failed, N skipped, of both together.
#   eng/test.sh [arguments of dotnet test, for instance --filter FullyQualifiedName~Mqtt; for both profiles]
#   SPEX_PROFILE=minimal eng/test.sh     only the minimal profile; no source of packages is asked
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=eng/switches.sh
. "$ROOT/eng/switches.sh"
mkdir -p "$ARTIFACTS"
exec 8>"$ARTIFACTS/test.lock"
flock 8
(
  exec 9>"$ARTIFACTS/setup.lock"
  flock 9
  need_dotnet
  need_packages "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
  need_npm
)
ensure_built

MINIMAL="$ARTIFACTS/test-results"
FULL="$ARTIFACTS/full/test-results"
PROJECTS=(SpexStream.Tests SpexStream.IntegrationTests)
rm -rf "$MINIMAL" "$FULL"
status=0

# Which tests speak for a seam, by their names: of the second value in the minimal profile, of the first in the other.
declare -A SEAM=([SpexActors]=runtime [SpexMqtt]=mqtt [SpexMetrics]=metrics [SpexOrt]=ort [SpexGdal]=gdal)
declare -A SHOWN=([akka]=akka [none]=local)
declare -A OF_SECOND=([SpexActors]='[.](Pipeline|IntegrationTests[.]Daemon)[.]' [SpexMqtt]='[.]Mqtt[.]'
  [SpexMetrics]='[.](Metrics|StagesTests|MetricsTests)[.]' [SpexOrt]='[.]Inference[.]' [SpexGdal]='[.]Raster[.]')
declare -A OF_FIRST=([SpexActors]='Actors' [SpexMqtt]='MqttNet' [SpexMetrics]='PrometheusNet MetricsTests'
  [SpexOrt]='Inference' [SpexGdal]='Raster')

run_tests() {
  local results=$1 project
  shift
  for project in "${PROJECTS[@]}"; do
    dotnet test "$ROOT/tests/$project" -c Release --no-build --nologo -v quiet \
      --results-directory "$results" --logger "trx;LogFileName=$project.trx" "$@" || status=1
  done
}

# The figures come from the result files, so that they are what the runner really counted.
results() { cat "$1"/*.trx 2>/dev/null | tr -d '\n' | sed 's/<UnitTestResult /\n&/g' | grep '^<UnitTestResult ' || true; }
# Only the tag itself: behind the last one the file goes on with an outcome of the whole.
count() { sed 's/>.*//' | grep -c "outcome=\"$1\"" || true; }

say_seam() {
  local name=$1 value=$2 folder=$3 pattern=$4 found failed
  found=$(results "$folder" | grep -E "testName=\"[^\"]*($pattern)" || true)
  failed=$(count Failed <<<"$found")
  printf '%s %s: %s passed' "${SEAM[$name]}" "${SHOWN[$value]:-$value}" "$(count Passed <<<"$found")"
  [ "$failed" = 0 ] || printf ', %s failed' "$failed"
  printf '\n'
}

mapfile -t minimal < <(minimal_arguments)
dotnet build "$ROOT/SpexStream.sln" -c Release -v quiet --nologo "${minimal[@]}" || exit 1
run_tests "$MINIMAL" "${minimal[@]}" "$@"

had=()
if [ "${SPEX_PROFILE:-}" = minimal ]; then
  why="it was not asked for"
elif probe_switches "${SWITCHES[@]}"; then
  for name in "${SWITCHES[@]}"; do
    [ "${HAD[$name]}" != yes ] || had+=("$name")
  done
  why="no source has its packages"
else
  status=1
  why="the sources of packages could not be asked"
fi

built=no
if [ ${#had[@]} -gt 0 ]; then
  mapfile -t full < <(full_arguments)
  filter="|FullyQualifiedName~.DependencyTests."
  for name in "${had[@]}"; do
    for part in ${OF_FIRST[$name]}; do
      filter+="|FullyQualifiedName~.$part."
    done
  done
  built=yes
  for project in "${PROJECTS[@]}"; do
    dotnet build "$ROOT/tests/$project" -c Release -v quiet --nologo "${full[@]}" || built=broken
  done
  if [ $built = yes ]; then
    choice=("$@")
    [ $# -gt 0 ] || choice=(--filter "${filter#|}")
    run_tests "$FULL" "${full[@]}" "${choice[@]}"
  else
    status=1
  fi
fi

{ results "$MINIMAL"; results "$FULL"; } | grep 'outcome="NotExecuted"' \
  | sed -E 's/.*testName="([^"]*)".*<Message>([^<]*)<.*/skipped: \1: \2/' | sort -u || true
for name in "${SWITCHES[@]}"; do
  say_seam "$name" "${SECOND[$name]}" "$MINIMAL" "${OF_SECOND[$name]}"
  value=${FIRST[$name]}
  if [ "${HAD[$name]:-no}" = yes ] && [ $built = yes ]; then
    pattern=$(sed 's/ /|/g; s/[^|]*/[.]&[.]/g' <<<"${OF_FIRST[$name]}")
    say_seam "$name" "$value" "$FULL" "$pattern"
  elif [ "${HAD[$name]:-no}" = yes ]; then
    echo "${SEAM[$name]} ${SHOWN[$value]:-$value}: does not build"
  else
    echo "${SEAM[$name]} ${SHOWN[$value]:-$value}: not built"
  fi
done
[ ${#had[@]} -gt 0 ] || echo "the full profile was not built: $why"
passed=$({ results "$MINIMAL"; results "$FULL"; } | count Passed)
failed=$({ results "$MINIMAL"; results "$FULL"; } | count Failed)
skipped=$({ results "$MINIMAL"; results "$FULL"; } | count NotExecuted)
[ "$passed" -gt 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
