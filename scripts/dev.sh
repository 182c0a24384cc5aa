#!/usr/bin/env bash
# Serves demo data, and rebuilds and restarts when a source file is saved. A change of pages or rules restarts the
# server within seconds; the browser's code is rebuilt after that, if it has changed. If a build fails, the last server
# keeps running. cargo-watch and cargo-leptos are not used: they would have to be installed, and take minutes to build.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"
watched=(src style public locales migrations scripts Cargo.toml Cargo.lock openapi.json)
requite=$CARGO_TARGET_DIR/debug/requite
work=$CARGO_TARGET_DIR/dev
mkdir -p "$work"

server=
stop() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        # Open connections may delay the shutdown, so the server is killed after a second.
        for _ in {1..10}; do kill -0 "$server" 2>/dev/null && sleep 0.1; done
        kill -KILL "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

changed() { [[ -n $(find "${watched[@]}" -newer "$work/began" -print -quit 2>/dev/null) ]]; }

# Identifies the files that the running server was started from. A debug build reads its texts when it starts.
state() { stat --format '%i %Y %s' "$requite" 2>/dev/null && find target/site locales -type f -printf '%p %T@\n' 2>/dev/null | sort; }

restart_if_changed() {
    local now
    now=$(state)
    if [[ -n $server && $now == "${running:-}" ]] && kill -0 "$server" 2>/dev/null; then return 0; fi
    stop
    running=$now
    # Runs a copy, since the next build replaces the executable.
    cp "$requite" "$work/requite"
    "$work/requite" serve --demo &
    server=$!
}

site() { node scripts/site.mjs "$work/pkg" target/site --quick; }

browser_code() {
    local raw=$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/requite.wasm made_from
    cargo rustc --locked --quiet --lib --crate-type cdylib --target wasm32-unknown-unknown \
        --no-default-features --features hydrate || return 1
    made_from=$(cat "$raw" <(echo "$wasm_bindgen_version") | sha256sum)
    [[ $(cat "$work/made-from" 2>/dev/null) != "$made_from" ]] || return 0
    rm -rf "$work/pkg"
    "$bindgen" "$raw" "$work/pkg" && echo "$made_from" >"$work/made-from"
}

build() {
    local began=$EPOCHREALTIME
    touch "$work/began"
    cargo build --locked --quiet --features ssr && site || return 1
    restart_if_changed
    say "the server is rebuilt: $(since "$began") s"
    browser_code && site || return 1
    restart_if_changed
    say "everything is rebuilt: $(since "$began") s"
}

since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

scripts/setup.sh run
choose_rust
# The server's pages contain the names of the browser's files, so these are built first.
say "building; this takes minutes the first time"
touch "$work/began"
browser_code && site && build || say "the build failed; waiting for a change"
while true; do
    sleep 0.3
    changed || continue
    build || say "the build failed; waiting for a change"
done
