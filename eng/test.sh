#!/usr/bin/env bash
# Sets everything up, builds, runs all tests. Last line: N passed, N failed, N skipped.
#   eng/test.sh [arguments of dotnet test, for instance --filter FullyQualifiedName~Mqtt]
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
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
dotnet build "$ROOT/SpexStream.sln" -c Release -v quiet --nologo || exit 1

RESULTS="$ARTIFACTS/test-results"
rm -rf "$RESULTS"
status=0
for project in SpexStream.Tests SpexStream.IntegrationTests; do
  dotnet test "$ROOT/tests/$project" -c Release --no-build --nologo -v quiet \
    --results-directory "$RESULTS" --logger "trx;LogFileName=$project.trx" "$@" || status=1
done

# The figures come from the result files, so that they are what the runner really counted.
count() { cat "$RESULTS"/*.trx 2>/dev/null | tr '>' '\n' | grep -c "<UnitTestResult .*outcome=\"$1\"" || true; }
passed=$(count Passed) failed=$(count Failed) skipped=$(count NotExecuted)
cat "$RESULTS"/*.trx 2>/dev/null | tr -d '\n' | sed 's/<UnitTestResult /\n&/g' | grep 'outcome="NotExecuted"' \
  | sed -E 's/.*testName="([^"]*)".*<Message>([^<]*)<.*/skipped: \1: \2/' || true
echo "runtime local: built; mqtt own: built; metrics own: built; ort npm: built; gdal system: built"
echo "runtime akka: not built; mqtt mqttnet: not built; metrics prometheus-net: not built; ort nuget: not built"
[ "$passed" -gt 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
