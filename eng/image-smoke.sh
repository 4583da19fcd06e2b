#!/usr/bin/env bash
# Builds the Dockerfile without an image registry and runs what came out: buildah, with stand-ins for the two images
# that the Dockerfile begins with (a Debian made by mmdebstrap; the same with this machine's .NET SDK). Then the program
# runs in the image's file system as an orchestrator would run it: as process 1, as the image's user, without
# capabilities, with the root file system read-only, with the image's own environment. Needs root; the images stay in
# artifacts/image, so that the next run is short.
#   eng/image-smoke.sh [NAME=VALUE ...]     switches of README.md; the minimal profile without them
# SPEX_DEBIAN_MIRROR names a Debian mirror; SPEX_NUGET_CONFIG and SPEX_NPM_CONFIG the package sources of a site.
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=eng/switches.sh
. "$ROOT/eng/switches.sh"

PLACE="$ARTIFACTS/image"
mkdir -p "$PLACE"
exec 8>"$PLACE/lock"
flock 8

[ "$(id -u)" -eq 0 ] || {
  say "mounting and changing the user need root: sudo bash eng/image-smoke.sh"
  exit 2
}
need_dotnet
need_packages buildah mmdebstrap iproute2

arguments=()
for name in "${SWITCHES[@]}"; do
  value=${SECOND[$name]}
  for given in "$@"; do
    [ "${given%%=*}" != "$name" ] || value=${given#*=}
  done
  arguments+=(--build-arg "SPEX_$(tr '[:lower:]' '[:upper:]' <<<"${name#Spex}")=$value")
done
for given in "$@"; do
  [ -n "${FIRST[${given%%=*}]:-}" ] || {
    say "unknown switch '$given'; the switches are: ${SWITCHES[*]} (NAME=VALUE)"
    exit 2
  }
done
[ ! -f "${SPEX_NUGET_CONFIG:-}" ] || arguments+=(--secret "id=nuget,src=$SPEX_NUGET_CONFIG")
[ ! -f "${SPEX_NPM_CONFIG:-}" ] || arguments+=(--secret "id=npm,src=$SPEX_NPM_CONFIG")

# A storage of our own: nothing of the machine's images is seen or changed. No isolation but a chroot, which is all that
# works inside of most containers.
images() { buildah --root "$PLACE/storage" --runroot "$PLACE/run" "$@"; }

# stand_in NAME TAG PACKAGES: makes it unless it is there. Debian comes from its packages, the authorities that it
# trusts from this machine.
stand_in() {
  local name=$1 image=localhost/$1:$2 packages=$3 container
  ! images inspect --type image "$image" >/dev/null 2>&1 || return 0
  say "making $name:$2"
  mmdebstrap --quiet --variant=minbase --include="$packages" bookworm "$PLACE/root.tar" \
    ${SPEX_DEBIAN_MIRROR:+"$SPEX_DEBIAN_MIRROR"} >"$PLACE/debian.log" 2>&1 || {
    tail -5 "$PLACE/debian.log" >&2
    exit 1
  }
  container=$(images from scratch)
  images add --quiet "$container" "$PLACE/root.tar" / >/dev/null
  images copy --quiet "$container" /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt >/dev/null
  rm -f "$PLACE/root.tar"
  if [ "$name" = spexstream-sdk ]; then
    images copy --quiet "$container" "$(dirname "$(readlink -f "$(type -P dotnet)")")" /usr/share/dotnet >/dev/null
    # npm trusts what it brings unless it is told more.
    images config --env PATH=/usr/share/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
      "$container"
  fi
  images commit --quiet --rm "$container" "$image" >/dev/null
}

# The SDK that global.json takes is named in the tag: with another one, another stand-in is made and the old one goes.
sdk=$(cd "$ROOT" && dotnet --version)
images images --filter reference=localhost/spexstream-sdk --format '{{.Name}}:{{.Tag}}' \
  | { grep -vxF "localhost/spexstream-sdk:$sdk" || true; } | while read -r old; do images rmi "$old" >/dev/null; done
stand_in spexstream-debian 12 ca-certificates
stand_in spexstream-sdk "$sdk" ca-certificates,libssl3,libstdc++6,zlib1g,npm

# build NAME FOLDER ARGUMENTS...: afterwards the image is mounted, and described in NAME.json.
build() {
  local name=$1 folder=$2
  shift 2
  images bud --isolation chroot --format docker --pull-never --tag "localhost/$name:smoke" \
    --build-arg BASE_IMAGE=localhost/spexstream-debian:12 "$@" "$folder" >"$PLACE/$name.log" 2>&1 || {
    tail -25 "$PLACE/$name.log" >&2
    say "the build of $name failed; the whole output is in $PLACE/$name.log"
    exit 1
  }
  images inspect --type image "localhost/$name:smoke" >"$PLACE/$name.json"
  container[$name]=$(images from --pull-never "localhost/$name:smoke")
  root[$name]=$(images mount "${container[$name]}")
}

declare -A container=() root=()
clean_up() {
  local one
  for one in "${container[@]}"; do
    images umount "$one" >/dev/null
    images rm "$one" >/dev/null
  done
}
trap clean_up EXIT

# Of earlier runs only the stand-ins are of use.
images rmi --prune >/dev/null 2>&1 || true
say "building the broker"
build spexstream-broker "$ROOT/deploy/mosquitto"
say "building the node:${arguments[*]/--build-arg/}"
build spexstream "$ROOT" --build-arg SDK_IMAGE="localhost/spexstream-sdk:$sdk" "${arguments[@]}"

# An image with Akka.NET is run on both runtimes; the other has but one.
runtimes=(--runtime local)
case " ${arguments[*]} " in *" SPEX_ACTORS=akka "*) runtimes+=(--runtime akka) ;; esac

# In a network of their own: no port is taken of this machine, and nothing can be fetched while they run.
# shellcheck disable=SC2016
unshare --net sh -ec 'ip link set lo up; exec "$@"' net /usr/bin/python3 "$ROOT/eng/image/smoke.py" "${runtimes[@]}" \
  --root "${root[spexstream]}" --image "$PLACE/spexstream.json" \
  --broker-root "${root[spexstream-broker]}" --broker-image "$PLACE/spexstream-broker.json"
