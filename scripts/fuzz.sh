#!/usr/bin/env bash
# Sends valid and invalid requests, generated from openapi.json, to a server with demo data, for SECONDS on each engine:
# scripts/fuzz.sh [SECONDS]. Fails if a response is a 5xx or does not match the document. PostgreSQL is tested at the
# same time if scripts/with-postgres.sh provides it.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
seconds=${1:-40}
seed=20261125
requite=$CARGO_TARGET_DIR/debug/requite
[[ -x $requite ]] || die "the server is missing; build it with: cargo build --features ssr"
[[ -x $python ]] || die "Python's packages are missing; scripts/setup.sh test installs them"

work=$(mktemp -d)
engines=()
processes=()
# shellcheck disable=SC2317 # called by the trap
end() {
    for process in "${processes[@]}"; do kill -TERM -- "-$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# None of the user's own settings, and no rate limit, which fuzzing would only run into.
settings=(REQUITE_ADDR=127.0.0.1:0 REQUITE_API_RATE=4000000000 REQUITE_ADDRESS_DELAY=0s REQUITE_WORKER_INTERVAL=200ms
    REQUITE_LOG=error)
run() { env "${settings[@]}" DATABASE_URL="$database" "$requite" "$@"; }

server=
stop() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}

# Runs in a separate process for each engine.
fuzz() {
    local database=$1 folder=$2 url=
    trap stop EXIT
    run seed >/dev/null
    REQUITE_API_KEY=$(run api-key create --name shop --scopes "read payment refund admin")
    REQUITE_APPROVER_KEY=$(run api-key create --name approver --scopes "read approve")
    export REQUITE_API_KEY REQUITE_APPROVER_KEY
    : >"$folder/greeting"
    env "${settings[@]}" DATABASE_URL="$database" "$requite" serve >"$folder/greeting" &
    server=$!
    for _ in {1..100}; do
        url=$(sed -n 's/^Requite is at //p' "$folder/greeting")
        [[ -z $url ]] || break
        kill -0 "$server" || die "the server does not start"
        sleep 0.1
    done
    [[ -n $url ]] || die "the server does not start"
    (cd "$folder" && SCHEMATHESIS_HOOKS=$root/end2end/schemathesis_hooks.py "$python" -c 'from schemathesis.cli import schemathesis; schemathesis()' \
        --config-file "$root/end2end/schemathesis.toml" \
        run "$root/openapi.json" --url "$url" --seed "${FUZZ_SEED:-$seed}" --max-time "$seconds" --request-timeout 20 \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
        --generation-database none --suppress-health-check all --warnings off --no-color ${FUZZ_OPTIONS:-})
    run check | tail -n 1
}

begin() {
    mkdir "$work/$1"
    # In its own process group, so that everything it starts can be stopped with it.
    set -m
    fuzz "$2" "$work/$1" &>"$work/$1.log" </dev/null &
    set +m
    engines+=("$1")
    processes+=($!)
}

begin SQLite "sqlite:$work/SQLite/requite.db"
if [[ -n ${REQUITE_TEST_POSTGRES_URL:-} ]]; then begin PostgreSQL "$REQUITE_TEST_POSTGRES_URL"; fi
failed=()
for number in "${!engines[@]}"; do
    wait "${processes[number]}" || failed+=("${engines[number]}")
    say "fuzzing the API on ${engines[number]}"
    cat "$work/${engines[number]}.log"
done
((!${#failed[@]})) || die "fuzzing failed on ${failed[*]}"
