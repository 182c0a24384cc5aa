#!/usr/bin/env bash
# Every check there is; what fails quickly comes first.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"

step() {
    local title=$1 began=$SECONDS
    shift
    say "== $title"
    "$@"
    say "== $title: fine, $((SECONDS - began)) s ($SECONDS s in all)"
}

browser_target=(--target wasm32-unknown-unknown --no-default-features --features hydrate)

# Nothing of the server may reach the browser.
browser_dependencies() {
    local tree strays
    tree=$(cargo tree --locked "${browser_target[@]}" --edges no-build,no-dev,no-proc-macro --prefix none --format '{p}')
    ! strays=$(grep -E '^(tokio|sqlx|ring|regex|mio)(-[a-z]+)* v' <<<"$tree" | sort -u) || die "in the browser's code: $strays"
}

end_to_end() { (cd end2end && "$root/scripts/with-postgres.sh" npx --no-install playwright test); }

step "set-up" scripts/setup.sh test
choose_rust # set-up may just have installed it
step "formatting" cargo fmt --check
step "licences and sources of dependencies" "$deny" --locked check licenses bans sources
step "browser's dependencies" browser_dependencies
step "clippy for the browser" cargo clippy --locked --quiet --lib "${browser_target[@]}" -- -D warnings
step "clippy for the server" cargo clippy --locked --quiet --all-targets --features ssr -- -D warnings
step "browser's files and their budget" scripts/bundle.sh
step "tests on SQLite and PostgreSQL" scripts/with-postgres.sh cargo test --locked --quiet --features ssr
step "fuzzing the API" scripts/with-postgres.sh scripts/fuzz.sh 40
step "the server" cargo build --locked --quiet --release --features ssr
step "tests in Chromium" end_to_end
