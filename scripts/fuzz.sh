#!/usr/bin/env bash
# Sends what openapi.json allows, and what it does not, to a server with demo data, for so many seconds on each engine:
# scripts/fuzz.sh [SECONDS]. Nothing may be answered by a 5xx, and every answer has to be what the document says.
# PostgreSQL is tried too where scripts/with-postgres.sh provides it.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
seconds=${1:-40}
seed=20261125
requite=$CARGO_TARGET_DIR/debug/requite
[[ -x $requite ]] || die "the server is missing; build it with: cargo build --features ssr"
[[ -x $python ]] || die "Python's packages are missing; scripts/setup.sh test installs them"

folder=$(mktemp -d)
server=
stop() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap 'stop; rm -rf "$folder"' EXIT

# Nothing of the machine's own settings, and no limits that fuzzing would only run into.
settings=(REQUITE_ADDR=127.0.0.1:0 REQUITE_API_RATE=4000000000 REQUITE_ADDRESS_DELAY=0s REQUITE_WORKER_INTERVAL=200ms
    REQUITE_LOG=error)
run() { env "${settings[@]}" DATABASE_URL="$database" "$requite" "$@"; }

fuzz() {
    local database=$1 url= greeting=$folder/greeting
    run seed >/dev/null
    REQUITE_API_KEY=$(run api-key create --name shop --scopes "read payment refund admin")
    REQUITE_APPROVER_KEY=$(run api-key create --name approver --scopes "read approve")
    export REQUITE_API_KEY REQUITE_APPROVER_KEY
    : >"$greeting"
    env "${settings[@]}" DATABASE_URL="$database" "$requite" serve >"$greeting" &
    server=$!
    for _ in {1..100}; do
        url=$(sed -n 's/^Requite is at //p' "$greeting")
        [[ -z $url ]] || break
        kill -0 "$server" || die "the server does not start"
        sleep 0.1
    done
    [[ -n $url ]] || die "the server does not start"
    (cd "$folder" && "$python" -c 'from schemathesis.cli import schemathesis; schemathesis()' \
        --config-file "$root/end2end/schemathesis.toml" \
        run "$root/openapi.json" --url "$url" --seed "$seed" --max-time "$seconds" --request-timeout 20 \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
        --generation-database none --suppress-health-check all --warnings off --no-color ${FUZZ_OPTIONS:-})
    run check | tail -n 1
    stop
}

say "fuzzing the API on SQLite"
fuzz "sqlite:$folder/requite.db"
if [[ -n ${REQUITE_TEST_POSTGRES_URL:-} ]]; then
    say "fuzzing the API on PostgreSQL"
    fuzz "$REQUITE_TEST_POSTGRES_URL"
fi
