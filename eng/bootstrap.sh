#!/usr/bin/env bash
# Chooses the build switches and writes them to Directory.Build.local.props (not in git).
#   eng/bootstrap.sh                     asks the NuGet sources: the first value of each switch where they have it
#   eng/bootstrap.sh SpexMqtt=mqttnet .. switches by name, also as --mqtt mqttnet or from the environment; what is asked
#                                        for by name and cannot be had is an error
#   eng/bootstrap.sh --minimal           every switch that is not named on its second value; no source is asked
#   eng/bootstrap.sh --probe             only says what can be had
#   eng/bootstrap.sh SpexCuda=on|off     the CUDA provider of ONNX Runtime; unsaid: on where there is a graphics card
# The sources are those of SPEX_NUGET_CONFIG or ~/.config/spexstream/nuget.config where there is one. A source that does
# not answer is an error.
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=eng/switches.sh
. "$ROOT/eng/switches.sh"
mkdir -p "$ARTIFACTS"
need_dotnet

declare -A named=()
cuda=off
if [ -e /dev/nvidia0 ] || type -P nvidia-smi >/dev/null; then
  cuda=on
fi

ask() {
  local name=$1 wanted=$2
  if [ "$name" = SpexCuda ] && [[ $wanted =~ ^(on|off)$ ]]; then
    cuda=$wanted
  elif [ -z "${FIRST[$name]:-}" ]; then
    say "unknown switch '$name=$wanted'; the switches are: ${SWITCHES[*]} (NAME=VALUE) and SpexCuda=on or off"
    exit 2
  elif [ "$wanted" != "${FIRST[$name]}" ] && [ "$wanted" != "${SECOND[$name]}" ]; then
    say "$name takes ${FIRST[$name]} or ${SECOND[$name]}, not '$wanted'"
    exit 2
  else
    named[$name]=$wanted
  fi
}

for name in "${SWITCHES[@]}"; do
  [ -z "${!name:-}" ] || ask "$name" "${!name}"
done

rest=probed write=yes
while [ $# -gt 0 ]; do
  case $1 in
    --minimal) rest=minimal ;;
    --probe) write=no ;;
    --actors | --mqtt | --metrics | --ort | --gdal)
      [ $# -ge 2 ] || { say "$1 needs a value" && exit 2; }
      short=${1#--}
      ask "Spex${short^}" "$2"
      shift
      ;;
    *=*) ask "${1%%=*}" "${1#*=}" ;;
    *)
      say "unknown argument '$1'; see the head of eng/bootstrap.sh"
      exit 2
      ;;
  esac
  shift
done

wanted=()
for name in "${SWITCHES[@]}"; do
  if [ "${named[$name]:-}" = "${FIRST[$name]}" ] || { [ -z "${named[$name]:-}" ] && [ "$rest" = probed ]; }; then
    wanted+=("$name")
  fi
done
config=$(nuget_config) || exit 1
probe_switches "${wanted[@]}" || exit 1

declare -A value=()
for name in "${SWITCHES[@]}"; do
  value[$name]=${named[$name]:-${SECOND[$name]}}
  if [ "${HAD[$name]:-}" = yes ]; then
    value[$name]=${FIRST[$name]}
  elif [ "${named[$name]:-}" = "${FIRST[$name]}" ]; then
    say "$name=${FIRST[$name]} was asked for and cannot be had: no source has ${LACK[$name]}"
    exit 1
  fi
  note=""
  [ "${HAD[$name]:-}" != no ] || note=" (${FIRST[$name]} cannot be had: no source has ${LACK[$name]})"
  say "$name=${value[$name]}$note"
done
[ "$write" = yes ] || exit 0

{
  printf '<Project>\n  <PropertyGroup>\n'
  for name in "${SWITCHES[@]}"; do
    printf '    <%s>%s</%s>\n' "$name" "${value[$name]}" "$name"
  done
  printf '    <SpexCuda>%s</SpexCuda>\n' "$cuda"
  [ -z "$config" ] || printf '    <SpexNugetConfig>%s</SpexNugetConfig>\n' "$config"
  printf '  </PropertyGroup>\n</Project>\n'
} >"$ROOT/Directory.Build.local.props"
say "wrote Directory.Build.local.props"
