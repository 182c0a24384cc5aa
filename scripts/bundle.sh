#!/usr/bin/env bash
# Makes the browser's files in target/site, which the server carries inside: build this before the server.
# With nothing changed it takes a second and touches no file, so that cargo sees nothing new either.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"

raw=$CARGO_TARGET_DIR/wasm32-unknown-unknown/wasm-release/requite.wasm
work=$CARGO_TARGET_DIR/bundle

say "building the browser's code"
# The library is a loadable one only here: linking one costs the server's builds half a minute and serves nothing.
cargo rustc --locked --quiet --lib --crate-type cdylib --target wasm32-unknown-unknown --profile wasm-release \
    --no-default-features --features hydrate

made_from=$(cat "$raw" "$0" scripts/bindgen.rs package-lock.json <(echo "$wasm_bindgen_version") | sha256sum)
if [[ $(cat "$work/made-from" 2>/dev/null) != "$made_from" ]]; then
    say "shrinking it"
    rm -rf "$work"
    "$bindgen" "$raw" "$work/pkg"
    # Not --all-features: it may then emit what browsers do not know yet. The module names the features it needs.
    node_modules/.bin/wasm-opt -Oz --strip-producers "$work/pkg/requite_bg.wasm" -o "$work/small.wasm"
    mv "$work/small.wasm" "$work/pkg/requite_bg.wasm"
    echo "$made_from" >"$work/made-from"
fi

node scripts/site.mjs "$work/pkg" target/site
