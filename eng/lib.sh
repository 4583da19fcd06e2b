# Shared by the scripts in eng/: where things are, and what must be installed. Sourced, not run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ARTIFACTS="$ROOT/artifacts"
STAMP="$ARTIFACTS/release.stamp"
PROGRAM="$ARTIFACTS/run/spexstream"
RUN_PACKAGES=(libgdal32 mosquitto)
TEST_PACKAGES=(gdal-bin iproute2 iptables libxml2-utils mosquitto-clients openssl postgresql python3-gdal prometheus
  prometheus-alertmanager)
# With what it depends on it takes more than a gigabyte where there is none of it yet: only who asks gets it.
[ "${SPEX_BROWSER:-}" != yes ] || TEST_PACKAGES+=(chromium)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers would outlive the script and hold its output open.
export MSBUILDDISABLENODEREUSE=1

# Build servers must not inherit the locks on descriptors 8 and 9, or they would hold them for as long as they live.
dotnet() { command dotnet "$@" 8>&- 9>&-; }

say() { printf 'spexstream: %s\n' "$*" >&2; }

missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null)" = "ii " ] || printf '%s ' "$name"
  done
}

# Installs Debian packages that are not there yet. Without root and sudo: says which command to run, exit 2.
need_packages() {
  local missing as_root=()
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "these Debian packages are needed and there is no apt-get: $missing"
    exit 2
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "packages are missing and neither root nor sudo is at hand. Run this once, then start again:"
      printf '  su -c "apt-get update && apt-get install -y --no-install-recommends %s"\n' "${missing% }" >&2
      exit 2
    fi
    as_root=(sudo -n)
  fi
  say "installing $missing"
  # Of PostgreSQL only the programs are wanted: no cluster of the system's is made that was not there before.
  case " $missing" in *" postgresql "*)
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      "${as_root[@]}" mkdir -p /etc/postgresql-common
      printf 'create_main_cluster = false\n' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi ;;
  esac
  # Runlevel 1: services that come with the packages (a system mosquitto) are not started; we run our own.
  # shellcheck disable=SC2086
  { "${as_root[@]}" apt-get update -qq \
      && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $missing; } >"$ARTIFACTS/apt.log" 2>&1 || {
    tail -5 "$ARTIFACTS/apt.log" >&2
    say "installing failed; the whole output is in $ARTIFACTS/apt.log"
    exit 1
  }
}

# ONNX Runtime comes through npm; an npm that is there already need not be Debian's.
need_npm() {
  type -P npm >/dev/null || need_packages npm
}

need_dotnet() {
  if ! type -P dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    say "the .NET 10 SDK is needed; install the package dotnet-sdk-10.0 of your distribution or Microsoft's feed."
    exit 2
  fi
}

# Compiled ahead of time where the compiler's package can be had (start-up is twice as fast), else as it is.
publish() {
  # A tree of its own: restoring for one runtime must not disturb the solution's locked restore.
  local arguments=("$ROOT/src/SpexStream.Daemon/SpexStream.Daemon.csproj" -c Release -v quiet -o "$ARTIFACTS/run"
    -p:ArtifactsPath="$ARTIFACTS/publish" -p:SpexAheadOfTime=true)
  # Together with the framework: collections of the framework over our types are compiled ahead, too. Alone they are not,
  # and a start would compile two thousand methods.
  if [ "$(uname -m)" = x86_64 ] && dotnet publish "${arguments[@]}" -r linux-x64 --self-contained \
    -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true; then
    return 0
  fi
  dotnet publish "${arguments[@]}" --no-self-contained
}

stamp_is_current() {
  [ -x "$PROGRAM" ] && [ -f "$STAMP" ] && [ -z "$(find "$ROOT/src" "$ROOT"/Directory.* "$ROOT/global.json" "$ROOT/hocon" \
    "$ROOT/third-party" -name node_modules -prune -o -newer "$STAMP" -type f -print -quit 2>/dev/null)" ]
}

# Set-up and Release build, once, under a lock: a second caller waits and finds the work done.
ensure_built() {
  stamp_is_current && return 0
  mkdir -p "$ARTIFACTS"
  exec 9>"$ARTIFACTS/setup.lock"
  flock 9
  if ! stamp_is_current; then
    need_dotnet
    need_packages "${RUN_PACKAGES[@]}"
    need_npm
    local started
    started=$(mktemp "$ARTIFACTS/stamp.XXXXXX")
    say "building (Release)"
    if ! publish >"$ARTIFACTS/build.log" 2>&1; then
      tail -20 "$ARTIFACTS/build.log" >&2
      say "the build failed; the whole output is in $ARTIFACTS/build.log"
      exit 1
    fi
    # The stamp carries the time at which the build began, so that an edit during the build is not lost.
    touch -r "$started" "$STAMP" && rm -f "$started"
  fi
  exec 9>&-
}
