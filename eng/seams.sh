# What a run of the tests says of each seam: one line for each value that was built. Sourced, after eng/switches.sh.
# shellcheck shell=bash

# Which tests speak for a seam, by their names: of the second value in the minimal profile, of the first in the other.
declare -A SEAM=([SpexActors]=runtime [SpexMqtt]=mqtt [SpexMetrics]=metrics [SpexOrt]=ort [SpexGdal]=gdal)
declare -A SHOWN=([akka]=akka [none]=local)
declare -A OF_SECOND=([SpexActors]='[.](Pipeline|IntegrationTests[.]Daemon)[.]' [SpexMqtt]='[.]Mqtt[.]'
  [SpexMetrics]='[.](Metrics|StagesTests|MetricsTests)[.]' [SpexOrt]='[.]Inference[.]' [SpexGdal]='[.]Raster[.]')
declare -A OF_FIRST=([SpexActors]='Actors' [SpexMqtt]='MqttNet' [SpexMetrics]='PrometheusNet MetricsTests'
  [SpexOrt]='Inference' [SpexGdal]='Raster')

# The figures come from the result files, so that they are what the runner really counted.
results() {
  cat "$1"/*.trx 2>/dev/null | tr '\n' ' ' | sed 's/<UnitTestResult /\n&/g; s|</Results>|\n&|g' \
    | grep '^<UnitTestResult ' || true
}
# Only the tag itself: what a test said may hold the same words.
count() { sed 's/>.*//' | grep -c "outcome=\"$1\"" || true; }

# say_seam NAME VALUE FOLDER PATTERN; return code 1 where no test of it passed: a renamed namespace is told by that.
say_seam() {
  local name=$1 value=$2 folder=$3 pattern=$4 found passed failed
  found=$(results "$folder" | grep -E "testName=\"[^\"]*($pattern)" || true)
  passed=$(count Passed <<<"$found") failed=$(count Failed <<<"$found")
  printf '%s %s: %s passed' "${SEAM[$name]}" "${SHOWN[$value]:-$value}" "$passed"
  [ "$failed" = 0 ] || printf ', %s failed' "$failed"
  printf '\n'
  [ "$passed" -gt 0 ]
}

# say_seams MINIMAL FULL BUILT: the folders with the results of both profiles, and whether the other one was built (yes,
# no, broken) of the switches that are yes in HAD. Return code 1 where one that was built has no test that passed.
say_seams() {
  local minimal=$1 full=$2 built=$3 name value pattern silent=0
  for name in "${SWITCHES[@]}"; do
    say_seam "$name" "${SECOND[$name]}" "$minimal" "${OF_SECOND[$name]}" || silent=1
    value=${FIRST[$name]}
    if [ "${HAD[$name]:-no}" = yes ] && [ "$built" = yes ]; then
      pattern=$(sed 's/ /|/g; s/[^|]*/[.]&[.]/g' <<<"${OF_FIRST[$name]}")
      say_seam "$name" "$value" "$full" "$pattern" || silent=1
    elif [ "${HAD[$name]:-no}" = yes ]; then
      echo "${SEAM[$name]} ${SHOWN[$value]:-$value}: does not build"
    else
      echo "${SEAM[$name]} ${SHOWN[$value]:-$value}: not built"
    fi
  done
  return $silent
}
