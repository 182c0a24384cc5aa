#!/usr/bin/env bash
# Runs a command with a temporary PostgreSQL server: scripts/with-postgres.sh COMMAND [ARGUMENT…]
# REQUITE_TEST_POSTGRES_URL contains its URL. The server and its data are always deleted afterwards.
set -euo pipefail
(($#)) || { echo "usage: $0 COMMAND [ARGUMENT…]" >&2 && exit 2; }

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || bin=$(dirname "$(command -v initdb)") || {
    echo "requite: PostgreSQL's programs are missing; scripts/setup.sh test installs them" >&2
    exit 1
}

# PostgreSQL refuses to run as root.
as_postgres=()
if ((EUID == 0)); then
    owner=postgres
    id postgres &>/dev/null || owner=nobody
    as_postgres=(runuser -u "$owner" --)
fi

# In memory where there is enough of it: hundreds of short-lived databases of a thousand files each cost an ext4 file
# system more than the tests themselves.
in=/dev/shm
(($(df --output=avail -B1M $in 2>/dev/null | tail -n 1) > 4000)) && [[ -w $in ]] || in=${TMPDIR:-/tmp}
folder=$(mktemp -d -p "$in")
child=
# shellcheck disable=SC2317 # called by the trap
stop() {
    trap '' INT TERM HUP
    if [[ -n $child ]]; then
        kill -TERM -- "-$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    (cd / && "${as_postgres[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop &>/dev/null) || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

quietly() {
    (cd / && "${as_postgres[@]}" "$@") >"$folder/log" 2>&1 || {
        cat "$folder/log" >&2
        return 1
    }
}

if ((EUID == 0)); then chown "$owner" "$folder"; fi
quietly "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \
    --locale-provider=icu --icu-locale=en-US

# No Unix sockets, because their paths have a length limit; no durability, because the data is temporary.
start() {
    port=$((RANDOM % 20000 + 20000))
    quietly "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/data/log" -o "-p $port -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c max_connections=200 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start
}
start 2>/dev/null || start 2>/dev/null || start || exit 1

export REQUITE_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres

# In its own process group, so that everything it starts can be stopped with it, and so that this script handles signals
# at once.
set -m
"$@" </dev/null &
child=$!
set +m
status=0
wait "$child" || status=$?
child=
exit "$status"
