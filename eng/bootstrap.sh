#!/usr/bin/env bash
# Chooses the build switches and writes them to Directory.Build.local.props (not in git).
#   eng/bootstrap.sh                     every switch on its second value: the minimal profile
#   eng/bootstrap.sh SpexGdal=system ... switches by name; what is asked for by name and cannot be had is an error
#   eng/bootstrap.sh SpexCuda=on|off     the CUDA provider of ONNX Runtime; without it: on where there is a graphics card
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

declare -A value=([SpexActors]=none [SpexMqtt]=own [SpexMetrics]=own [SpexOrt]=npm [SpexGdal]=system)
declare -A first=([SpexActors]=akka [SpexMqtt]=mqttnet [SpexMetrics]=prometheus-net [SpexOrt]=nuget [SpexGdal]=maxrev)

cuda=off
if [ -e /dev/nvidia0 ] || type -P nvidia-smi >/dev/null; then
  cuda=on
fi

for argument in "$@"; do
  name=${argument%%=*}
  wanted=${argument#*=}
  if [ "$argument" = SpexCuda=on ] || [ "$argument" = SpexCuda=off ]; then
    cuda=$wanted
    continue
  fi
  if [ -z "${value[$name]:-}" ] || [ "$name" = "$argument" ]; then
    say "unknown switch '$argument'; the switches are: ${!value[*]} (NAME=VALUE) and SpexCuda=on or off"
    exit 2
  fi
  if [ "$wanted" = "${first[$name]}" ]; then
    say "$name=$wanted was asked for, and this version has no adapter for it yet; only ${value[$name]} can be built"
    exit 1
  fi
  if [ "$wanted" != "${value[$name]}" ]; then
    say "$name takes ${first[$name]} or ${value[$name]}, not '$wanted'"
    exit 2
  fi
done

{
  printf '<Project>\n  <PropertyGroup>\n'
  for name in SpexActors SpexMqtt SpexMetrics SpexOrt SpexGdal; do
    printf '    <%s>%s</%s>\n' "$name" "${value[$name]}" "$name"
  done
  printf '    <SpexCuda>%s</SpexCuda>\n' "$cuda"
  printf '  </PropertyGroup>\n</Project>\n'
} >"$ROOT/Directory.Build.local.props"
say "wrote Directory.Build.local.props"
