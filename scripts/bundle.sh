#!/usr/bin/env bash
# Builds the browser's files in target/site, which are embedded in the server; run this before building the server. If
# nothing has changed, it takes a second and writes no file, so that cargo does not rebuild anything either.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"

raw=$CARGO_TARGET_DIR/wasm32-unknown-unknown/wasm-release/requite.wasm
work=$CARGO_TARGET_DIR/bundle

say "building the browser's code"
# The library is built as a cdylib only here: linking one would add half a minute to the server's builds for nothing.
cargo rustc --locked --quiet --lib --crate-type cdylib --target wasm32-unknown-unknown --profile wasm-release \
    --no-default-features --features hydrate

made_from=$(cat "$raw" "$0" scripts/bindgen.rs package-lock.json <(echo "$wasm_bindgen_version") | sha256sum)
if [[ $(cat "$work/made-from" 2>/dev/null) != "$made_from" ]]; then
    say "optimising the wasm"
    rm -rf "$work"
    "$bindgen" "$raw" "$work/pkg"
    # Without --all-features, with which wasm-opt may emit features that browsers lack. The module lists the features it
    # needs. Structuring the code anew before it is optimised saves one part in a hundred.
    node_modules/.bin/wasm-opt --flatten --rereloop -Oz -Oz --strip-producers "$work/pkg/requite_bg.wasm" -o "$work/small.wasm"
    mv "$work/small.wasm" "$work/pkg/requite_bg.wasm"
    echo "$made_from" >"$work/made-from"
fi

node scripts/site.mjs "$work/pkg" target/site
