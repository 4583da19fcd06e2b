#!/usr/bin/env bash
# Sets everything up, builds and tests the minimal profile, then once more what stands behind each seam whose packages
# can be had, in artifacts/full. A seam that was built and of which no test passed is a failure, unless arguments chose
# the tests. Last line: N passed, N failed, N skipped, of both together.
#   eng/test.sh [arguments of dotnet test, for instance --filter FullyQualifiedName~Mqtt; for both profiles]
#   SPEX_PROFILE=minimal eng/test.sh     only the minimal profile; no source of packages is asked
#   SPEX_BROWSER=yes eng/test.sh         installs Debian's chromium, too; without one, tests in a browser are skipped
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=eng/switches.sh
. "$ROOT/eng/switches.sh"
# shellcheck source=eng/seams.sh
. "$ROOT/eng/seams.sh"
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

run_tests() {
  local results=$1 project
  shift
  for project in "${PROJECTS[@]}"; do
    dotnet test "$ROOT/tests/$project" -c Release --no-build --nologo -v quiet \
      --results-directory "$results" --logger "trx;LogFileName=$project.trx" "$@" || status=1
  done
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
# What was expected and what came, where only the end of a log is kept.
{ results "$MINIMAL"; results "$FULL"; } | grep 'outcome="Failed"' \
  | sed -E 's/.*testName="([^"]*)".*<ErrorInfo> *<Message>([^<]*)<.*/failed: \1: \2/' | cut -c 1-2000 || true
say_seams "$MINIMAL" "$FULL" $built || [ $# -gt 0 ] || {
  say "a seam that was built has no test that passed; eng/seams.sh tells them by their names"
  status=1
}
[ ${#had[@]} -gt 0 ] || echo "the full profile was not built: $why"
passed=$({ results "$MINIMAL"; results "$FULL"; } | count Passed)
failed=$({ results "$MINIMAL"; results "$FULL"; } | count Failed)
skipped=$({ results "$MINIMAL"; results "$FULL"; } | count NotExecuted)
[ "$passed" -gt 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
