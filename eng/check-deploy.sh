#!/usr/bin/env bash
# Checks what stands in deploy/ as far as one machine can: nothing is deployed. One line per check; exit code 0 when
# none failed. Last line: N passed, N failed, N skipped.
#   eng/check-deploy.sh                 installs the Debian and npm packages that it needs
#   eng/check-deploy.sh --installed     with what is there; what is missing is skipped by name
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
# Debian keeps the programs of a PostgreSQL server out of the way.
PATH=$PATH:/usr/sbin:/sbin:$(printf '%s:' /usr/lib/postgresql/*/bin)
CHECK_PACKAGES=(yamllint shellcheck python3-yaml mosquitto mosquitto-clients openssl postgresql prometheus
  prometheus-alertmanager docker-compose systemd)
# docs/deploy.md says so, too.
EXPOSURE_LIMIT=2.0

case "${1:-}" in
  "")
    mkdir -p "$ARTIFACTS"
    need_packages "${CHECK_PACKAGES[@]}"
    need_npm
    ;;
  --installed) ;;
  *)
    say "eng/check-deploy.sh takes --installed or nothing"
    exit 2
    ;;
esac

work=$(mktemp -d)
pids=()
clean_up() {
  local pid
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap clean_up EXIT

passed=0 failed=0 skipped=0

skip() {
  printf 'skipped %s: %s\n' "$1" "$2"
  skipped=$((skipped + 1))
}

# check NAME TOOLS FUNCTION: the function writes what is wrong, and says by its return code whether all is well.
check() {
  local name=$1 tool
  for tool in $2; do
    if ! type -P "$tool" >/dev/null; then
      skip "$name" "$tool is not installed"
      return 0
    fi
  done
  if "$3" >"$work/said" 2>&1; then
    printf 'ok      %s\n' "$name"
    passed=$((passed + 1))
  else
    printf 'FAILED  %s\n' "$name"
    sed 's/^/        /' "$work/said"
    failed=$((failed + 1))
  fi
}

yaml() { yamllint --strict --config-file eng/deploy/yamllint.yaml deploy eng/deploy/yamllint.yaml; }

# Those that are sourced are looked at together with those that source them.
scripts() {
  local -a files
  mapfile -t files < <(grep -lE '^#!/(usr/bin/env bash|bin/sh)' eng/*.sh deploy/*/*.sh .ci/run)
  shellcheck --external-sources "${files[@]}"
}

json() { /usr/bin/python3 -m json.tool deploy/spexstream.example.json >/dev/null; }

# Types and schemas of the Kubernetes API and of Grafana's boards, from npm.
has_api() {
  if [ ! -d eng/deploy/node_modules/kubernetes-models ] || [ ! -d eng/deploy/node_modules/@grafana/schema ]; then
    npm ci --prefix eng/deploy --no-progress --loglevel=error >&2
  fi
}

render() {
  if type -P kubectl >/dev/null; then kubectl kustomize "$1"; else kustomize build "$1"; fi
}

overlays() {
  local overlay
  for overlay in deploy/k8s/overlays/*/; do
    render "$overlay" | /usr/bin/python3 eng/deploy/to_json.py - | node eng/deploy/manifests.mjs || return 1
  done
}

base() { /usr/bin/python3 eng/deploy/to_json.py deploy/k8s/base/*.yaml | node eng/deploy/manifests.mjs; }

nodes() { /usr/bin/python3 eng/deploy/nodes.py .; }

compose() { docker-compose --file deploy/compose.yaml config --quiet; }

secrets() {
  local name found=0
  /usr/bin/python3 deploy/make-secrets.py "$work/secrets" || return 1
  cp -r "$work/secrets" "$work/before"
  # As a folder that somebody made before: it is closed all the same.
  chmod 755 "$work/secrets"
  /usr/bin/python3 deploy/make-secrets.py "$work/secrets" || return 1
  while read -r name; do
    found=$((found + 1))
    [ -s "$work/secrets/$name" ] || { echo "compose.yaml names $name, which is not made" && return 1; }
    [ "$name" = broker_users ] || cmp "$work/before/$name" "$work/secrets/$name" || return 1
  done < <(grep -oE '\./secrets/[A-Za-z0-9._-]+' deploy/compose.yaml | sed 's|.*/||' | sort -u)
  [ "$found" -gt 0 ] || { echo "compose.yaml names no secret in the way that is looked for here" && return 1; }
  [ "$(stat -c %a "$work/secrets")" = 700 ] || { echo "the folder is open to others" && return 1; }
}

prometheus_files() {
  promtool check config deploy/prometheus/prometheus.yml && promtool check config deploy/prometheus/compose.yml
}

prometheus_rules() {
  promtool check rules deploy/prometheus/rules/*.yml && promtool test rules deploy/prometheus/tests/*_test.yml
}

# route RECEIVER LABELS...: who is told of an alert with these labels.
route() {
  local told
  told=$(amtool config routes test --config.file=deploy/prometheus/alertmanager.example.yml "${@:2}") || return 1
  [ "$told" = "$1" ] || { echo "$told is told of ${*:2}, not $1" && return 1; }
}

dashboards() { /usr/bin/python3 eng/deploy/dashboards.py --check; }

boards() { node eng/deploy/boards.mjs; }

alertmanager() {
  amtool check-config deploy/prometheus/alertmanager.example.yml \
    && route watchdog alertname=SpexWatchdog severity=none && route pages alertname=SpexDown severity=page \
    && route tickets alertname=SpexDeadLetters severity=ticket && route tickets alertname=Other
}

unit() {
  # Here nothing is installed: the program is another one, and what is told of it does not count.
  local copy=$work/spexstream.service exposure
  sed 's|^ExecStart=/opt/spexstream/spexstream |ExecStart=/bin/true |' deploy/systemd/spexstream.service >"$copy"
  mkdir -p "$copy.d" && cp deploy/systemd/graphics-card.conf "$copy.d/" || return 1
  # A key that it does not know is a warning to it.
  systemd-analyze verify --man=no "$copy" >"$work/verified" 2>&1 || { cat "$work/verified" && return 1; }
  ! grep -F "$work" "$work/verified" || return 1
  rm -r "$copy.d"
  exposure=$(systemd-analyze security --offline=true "$copy" \
    | sed -n 's/.*Overall exposure level.*: \([0-9.]*\) .*/\1/p')
  echo "exposure $exposure, at most $EXPOSURE_LIMIT"
  [ -n "$exposure" ] && awk "BEGIN { exit !($exposure <= $EXPOSURE_LIMIT) }"
}

users_and_folders() {
  mkdir -p "$work/root/etc" "$work/root/var/lib" "$work/root/usr/lib/"{sysusers.d,tmpfiles.d}
  cp deploy/systemd/spexstream.sysusers "$work/root/usr/lib/sysusers.d/spexstream.conf"
  cp deploy/systemd/spexstream.tmpfiles "$work/root/usr/lib/tmpfiles.d/spexstream.conf"
  systemd-sysusers --root="$work/root" spexstream.conf || return 1
  grep -q '^spexstream:' "$work/root/etc/passwd" || return 1
  # Only root may give folders away.
  [ "$(id -u)" -eq 0 ] || return 0
  systemd-tmpfiles --root="$work/root" --create spexstream.conf && ls -d "$work/root/srv/products"
}

free_port() {
  /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

TOPIC=spex/a/no-svalbard/in/strip/a/b

# say_to PORT ARGUMENTS of mosquitto_pub...: one message with QoS 1.
say_to() {
  local port=$1
  shift
  timeout 10 mosquitto_pub -V mqttv5 -h 127.0.0.1 -p "$port" -q 1 -t "$TOPIC" "$@"
}

# The broker has to say so itself: whatever else goes wrong is no refusal.
refuses() {
  local said
  said=$(say_to "$@" -m '{}' 2>&1) && echo "the broker took what it should refuse: ${*:2}" && return 1
  grep -qi 'not authori' <<<"$said" || { echo "no refusal, but '$said': ${*:2}" && return 1; }
}

# hear PORT ARGUMENTS of mosquitto_sub...: with a session that the broker keeps.
hear() {
  local port=$1
  shift
  timeout 10 mosquitto_sub -V mqttv5 -h 127.0.0.1 -p "$port" -q 1 -t "$TOPIC" -i keeper -c -x 600 -u spexstream \
    -P "$(cat "$work/secrets/broker_spexstream")" "$@"
}

# start_broker FOLDER PORT: with its configuration, until it listens.
start_broker() {
  local folder=$1 port=$2
  mosquitto -c "$folder/spexstream.conf" >"$folder/log" 2>&1 &
  broker_pid=$!
  pids+=("$broker_pid")
  for _ in $(seq 100); do
    ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0
    kill -0 "$broker_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$folder/log" && return 1
}

# The broker as deploy/ sets it up, only with its folders below ours and free ports: who gets in, with what rights, by
# which listener, and that what it acknowledged is there after kill -9.
broker() {
  local kind=$1 folder=$work/broker-$1 place port tls word
  port=$(free_port) tls=$(free_port)
  mkdir -p "$folder/places" "$folder/tls" "$folder/store"
  [ -f "$work/secrets/broker_users" ] || /usr/bin/python3 deploy/make-secrets.py "$work/secrets" || return 1
  cp "$work/secrets/broker_users" "$folder/spexstream.passwd"
  cp deploy/mosquitto/acl.example "$folder/spexstream.acl"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$folder/tls/broker.key" -out "$folder/tls/broker.pem" 2>/dev/null || return 1
  cp "$folder/tls/broker.pem" "$folder/tls/ca.pem"
  for place in spexstream.conf "places/$kind.conf" places/tls.conf; do
    sed -e "s|/etc/mosquitto/|$folder/|" -e "s|/var/lib/mosquitto/|$folder/store/|" \
      -e "s|^listener 1883|listener $port|" -e "s|^listener 8883|listener $tls|" "deploy/mosquitto/$place" \
      >"$folder/$place"
  done
  printf 'user %s\n' "$(id -un)" >>"$folder/spexstream.conf"
  start_broker "$folder" "$port" || return 1
  word=$(cat "$work/secrets/broker_receiver")
  hear "$port" -E || return 1
  say_to "$port" -u receiver -P "$word" -m kept || return 1
  say_to "$tls" --cafile "$folder/tls/ca.pem" -u receiver -P "$word" -m too || return 1
  refuses "$port" && refuses "$port" -u receiver -P wrong && refuses "$port" -u stranger -P "$word" \
    && refuses "$tls" --cafile "$folder/tls/ca.pem" || return 1
  # Rights, not only the password: a viewer announces no strips. mosquitto says so to clients of MQTT 5.
  say_to "$port" -u viewer -P "$(cat "$work/secrets/broker_viewer")" -m '{}' 2>&1 | grep -qi 'not authori' \
    || { echo "a viewer may announce strips" && return 1; }
  for _ in $(seq 50); do
    ! grep -q too "$folder/store/mosquitto.db" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$broker_pid" && wait "$broker_pid" 2>/dev/null
  start_broker "$folder" "$port" || return 1
  [ "$(hear "$port" -C 2 | sort | paste -sd' ')" = "kept too" ] \
    || { echo "what was acknowledged is not there after kill -9" && return 1; }
}

broker_of_machine() { broker machine; }
broker_of_container() { broker container; }

# PostgreSQL refuses to run as root.
as_postgres() {
  local -a other=()
  [ "$(id -u)" -ne 0 ] || other=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  (cd "$work" && "${other[@]}" "$@")
}

# A PostgreSQL that is made as the image of compose.yaml makes its own: the user of the nodes owns its database and is
# no more than that.
database() {
  local folder=$work/database port well=0
  port=$(free_port)
  [ -f "$work/secrets/postgres_password" ] || /usr/bin/python3 deploy/make-secrets.py "$work/secrets" || return 1
  chmod 711 "$work" && mkdir "$folder" || return 1
  cp deploy/postgres/owner.sh "$work/secrets/postgres_password" "$folder/" || return 1
  [ "$(id -u)" -ne 0 ] || chown -R postgres: "$folder" || return 1
  as_postgres initdb -D "$folder/data" -U postgres --auth-local=trust --auth-host=scram-sha-256 --no-sync || return 1
  as_postgres pg_ctl start --wait --silent -D "$folder/data" -l "$folder/log" \
    -o "-p $port -k '$folder' -c listen_addresses=127.0.0.1" || { cat "$folder/log" && return 1; }
  pids+=("$(head -n 1 "$folder/data/postmaster.pid")")
  owner "$folder" "$port" || well=1
  as_postgres pg_ctl stop --wait --silent -m fast -D "$folder/data"
  return $well
}

owner() {
  local folder=$1 port=$2 word said
  word=$(cat "$folder/postgres_password")
  PGHOST=$folder PGPORT=$port POSTGRES_USER=postgres OWNER_PASSWORD_FILE=$folder/postgres_password \
    as_postgres "$folder/owner.sh" || return 1
  local -a ask=(psql --no-psqlrc -At -h 127.0.0.1 -p "$port" -U spexstream -d spexstream)
  PGPASSWORD=$word "${ask[@]}" -c 'CREATE TABLE of_a_journal (number bigint)' || return 1
  said=$(PGPASSWORD=$word "${ask[@]}" -c "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication
    OR rolbypassrls FROM pg_roles WHERE rolname = current_user") || return 1
  [ "$said" = f ] || { echo "the user of the nodes may do more than what its database needs" && return 1; }
  ! PGPASSWORD=wrong "${ask[@]}" -c 'SELECT 1' || { echo "any password will do" && return 1; }
}

check yaml yamllint yaml
check shell shellcheck scripts
check json python3 json
if ! type -P npm node >/dev/null; then
  skip "kubernetes and boards" "npm or node is not installed"
elif ! /usr/bin/python3 -c 'import yaml' 2>/dev/null; then
  skip "kubernetes and boards" "python3-yaml is not installed"
elif ! has_api 2>"$work/npm"; then
  [ "${1:-}" = --installed ] || { cat "$work/npm" >&2 && exit 1; }
  skip "kubernetes and boards" "npm has no kubernetes-models, @grafana/schema or typescript"
else
  check "kubernetes manifests" python3 base
  check boards node boards
  if type -P kubectl >/dev/null || type -P kustomize >/dev/null; then
    check "kubernetes overlays" python3 overlays
  else
    skip "kubernetes overlays" "neither kubectl nor kustomize is installed"
  fi
fi
if /usr/bin/python3 -c 'import yaml' 2>/dev/null; then
  check "several nodes" python3 nodes
else
  skip "several nodes" "python3-yaml is not installed"
fi
check compose docker-compose compose
check secrets python3 secrets
check prometheus promtool prometheus_files
check "prometheus rules" promtool prometheus_rules
check dashboards python3 dashboards
check alertmanager amtool alertmanager
check "systemd unit" systemd-analyze unit
check "systemd users and folders" "systemd-sysusers systemd-tmpfiles" users_and_folders
check "database of the containers" "initdb pg_ctl psql python3" database
check "broker of a machine" "mosquitto mosquitto_pub openssl python3" broker_of_machine
check "broker of a container" "mosquitto mosquitto_pub openssl python3" broker_of_container

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
