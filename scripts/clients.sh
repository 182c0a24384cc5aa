#!/usr/bin/env bash
# Checks openapi.json with two linters, generates clients from it with three generators, compiles them, and runs a
# quickstart with each against a server of its own. Runs circle-sdk, which validates every response, against it too.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
requite=$CARGO_TARGET_DIR/debug/requite
document=$root/openapi.json
[[ -x $requite ]] || die "the server is missing; build it with: cargo build --features ssr"
[[ -x $python_generator ]] || die "the generator of Python clients is missing; scripts/setup.sh test installs it"
[[ -x $python_circle ]] || die "circle-sdk is missing; scripts/setup.sh test installs it"

work=$(mktemp -d)
server=
# shellcheck disable=SC2317 # called by the trap
end() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT

# Prints the output of a command only if it fails.
quietly() { "$@" &>"$work/log" || { cat "$work/log" && die "this failed: $*"; }; }
tool() { quietly env REDOCLY_TELEMETRY=off "$root/end2end/node_modules/.bin/$1" "${@:2}"; }

echo 'extends: ["spectral:oas"]' >"$work/spectral.yaml"
tool redocly lint "$document"
tool spectral lint --ruleset "$work/spectral.yaml" --fail-severity error "$document"

cp "$root"/end2end/clients/* "$work"
ln -s "$root/end2end/node_modules" "$work/node_modules"
cd "$work"
tool openapi-typescript "$document" --output api.d.ts
tool openapi-ts --input "$document" --output heyapi
tool tsc
# It formats the client with ruff, which is beside it.
PATH=$(dirname "$python_generator"):$PATH \
    quietly "$python_generator" -m openapi_python_client generate --path "$document" --output-path python --fail-on-warning

# None of the user's own settings.
settings=(DATABASE_URL="sqlite:$work/requite.db" REQUITE_ADDR=127.0.0.1:0 REQUITE_ADDRESS_DELAY=0s REQUITE_SANDBOX_DELAY=0s
    REQUITE_WORKER_INTERVAL=100ms REQUITE_LOG=error)
env "${settings[@]}" "$requite" seed >/dev/null
REQUITE_API_KEY=$(env "${settings[@]}" "$requite" api-key create --name clients)
REQUITE_STRICT_KEY=$(env "${settings[@]}" "$requite" api-key create --name circle-sdk --strict-circle)
# Made here: the background process may make it after the first look.
: >greeting
env "${settings[@]}" "$requite" serve >greeting &
server=$!
for _ in {1..100}; do
    REQUITE_URL=$(sed -n 's/^Requite is at //p' greeting)
    [[ -z $REQUITE_URL ]] || break
    kill -0 "$server" || die "the server does not start"
    sleep 0.1
done
[[ -n $REQUITE_URL ]] || die "the server does not start"
export REQUITE_API_KEY REQUITE_STRICT_KEY REQUITE_URL
quietly node out/fetch.js
quietly node out/sdk.js
PYTHONPATH=python quietly "$python_generator" quickstart.py
quietly "$python_circle" strict_circle.py
say "clients of three generators ran the quickstart, and circle-sdk read every list"
