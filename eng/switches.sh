# The build switches: their values, the packages behind them, and the probe that tells which can be had. Sourced.
# shellcheck shell=bash

SWITCHES=(SpexActors SpexMqtt SpexMetrics SpexOrt SpexGdal)
declare -A FIRST=([SpexActors]=akka [SpexMqtt]=mqttnet [SpexMetrics]=prometheus-net [SpexOrt]=nuget [SpexGdal]=maxrev)
declare -A SECOND=([SpexActors]=none [SpexMqtt]=own [SpexMetrics]=own [SpexOrt]=npm [SpexGdal]=system)
# What the first value of each needs, tests included; the versions stand in Directory.Packages.props.
declare -A PACKAGES=(
  [SpexActors]="Akka.Cluster.Hosting Akka.TestKit.Xunit2 Akka.Analyzers Google.Protobuf"
  [SpexMqtt]="MQTTnet"
  [SpexMetrics]="prometheus-net"
  [SpexOrt]="Microsoft.ML.OnnxRuntime.Gpu"
  [SpexGdal]="MaxRev.Gdal.Universal"
)

# The arguments that make a build minimal, whatever Directory.Build.local.props says.
minimal_arguments() {
  local name
  for name in "${SWITCHES[@]}"; do
    printf -- '-p:%s=%s\n' "$name" "${SECOND[$name]}"
  done
}

# The NuGet configuration of a site; empty where there is none and the machine's own counts.
nuget_config() {
  local usual="${HOME:-}/.config/spexstream/nuget.config"
  if [ -n "${SPEX_NUGET_CONFIG:-}" ]; then
    [ -f "$SPEX_NUGET_CONFIG" ] || {
      say "SPEX_NUGET_CONFIG names $SPEX_NUGET_CONFIG, and there is no such file"
      return 1
    }
    realpath "$SPEX_NUGET_CONFIG"
  elif [ -f "$usual" ]; then
    printf '%s\n' "$usual"
  fi
}

package_version() {
  sed -n "s/.*<PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$ROOT/Directory.Packages.props"
}

# One project per switch, outside of our own props, so that each fails or succeeds for itself.
write_probe() {
  local folder=$1 name package version
  shift
  rm -rf "$folder"
  mkdir -p "$folder"
  printf '<Project/>\n' | tee "$folder/Directory.Build.props" "$folder/Directory.Build.targets" \
    >"$folder/Directory.Packages.props"
  printf '<Solution>\n' >"$folder/probe.slnx"
  for name in "$@"; do
    mkdir -p "$folder/$name"
    printf '  <Project Path="%s/%s.csproj" />\n' "$name" "$name" >>"$folder/probe.slnx"
    {
      printf '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n'
      printf '    <NuGetAudit>false</NuGetAudit>\n  </PropertyGroup>\n  <ItemGroup>\n'
      for package in ${PACKAGES[$name]}; do
        version=$(package_version "$package")
        [ -n "$version" ] || { say "Directory.Packages.props has no version of $package" && return 1; }
        printf '    <PackageReference Include="%s" Version="[%s]" />\n' "$package" "$version"
      done
      printf '  </ItemGroup>\n</Project>\n'
    } >"$folder/$name/$name.csproj"
  done
  printf '</Solution>\n' >>"$folder/probe.slnx"
}

declare -A HAD=() LACK=()

# Tries to restore the packages of the named switches. Afterwards HAD[name] is yes or no and LACK[name] says what is
# missing. Only an answer "there is no such package" (NU1101, NU1102, NU1103) is a no; a source that does not answer,
# or anything else, is an error: return code 1, the reason on standard error.
probe_switches() {
  local folder="$ARTIFACTS/probe" config name errors strange
  local -a arguments=(--nologo -v quiet)
  [ $# -gt 0 ] || return 0
  config=$(nuget_config) || return 1
  [ -z "$config" ] || arguments+=(--configfile "$config")
  write_probe "$folder" "$@" || return 1
  dotnet restore "$folder/probe.slnx" "${arguments[@]}" >"$folder/log" 2>&1 || true
  strange=$(grep -E 'error' "$folder/log" | grep -vE "$folder/[A-Za-z]+/[A-Za-z]+\.csproj : error NU110[123]:" \
    | grep -vE '^ +[0-9]+ Error|^Build FAILED' | sort -u | head -3 || true)
  if [ -n "$strange" ]; then
    printf '%s\n' "$strange" | sed "s|$folder/||g" >&2
    say "the NuGet sources could not be asked (this is no answer about the packages); the whole output: $folder/log"
    return 1
  fi
  for name in "$@"; do
    errors=$(grep -E "/$name\.csproj : error NU110[123]:" "$folder/log" || true)
    if [ -n "$errors" ]; then
      HAD[$name]=no
      LACK[$name]=$(sed -nE 's/.*nable to find (a stable )?package ([^ ]+).*version \([^0-9]*([0-9][^,)]*).*/\2 \3/p; t
        s/.*nable to find (a stable )?package ([^ ]+)\. .*/\2/p' <<<"$errors" | sed 's/\.$//' | sort -u | paste -sd, \
        | sed 's/,/, /g')
    elif [ -f "$folder/$name/obj/project.assets.json" ]; then
      HAD[$name]=yes
    else
      say "probing the packages of $name ended without an answer; the whole output: $folder/log"
      return 1
    fi
  done
}

# After probe_switches of all: the arguments of a build with the first value of each switch that can be had, in a tree of
# its own, and those values in words.
full_arguments() {
  local name config
  printf -- '-p:ArtifactsPath=%s\n' "$ARTIFACTS/full"
  config=$(nuget_config) || return 1
  [ -z "$config" ] || printf -- '-p:SpexNugetConfig=%s\n' "$config"
  for name in "${SWITCHES[@]}"; do
    if [ "${HAD[$name]}" = yes ]; then
      printf -- '-p:%s=%s\n' "$name" "${FIRST[$name]}"
    else
      printf -- '-p:%s=%s\n' "$name" "${SECOND[$name]}"
    fi
  done
}

full_names() {
  local name names=()
  for name in "${SWITCHES[@]}"; do
    [ "${HAD[$name]}" != yes ] || names+=("${FIRST[$name]}")
  done
  printf '%s' "${names[*]}"
}
