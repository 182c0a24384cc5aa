#!/usr/bin/env bash
# Runs every check, the fast ones first. `scripts/test.sh quick` is for use after each change: format, clippy, and the
# Rust tests on SQLite only.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
# shellcheck source=scripts/steps.sh
. "$root/scripts/steps.sh"
cd "$root"
what=${1:-everything}

browser_target=(--target wasm32-unknown-unknown --no-default-features --features hydrate)

# The browser's code must not depend on crates of the server, and contains neither the catalogues of texts nor other files:
# islands receive their texts.
browser_dependencies() {
    local tree strays
    tree=$(cargo tree --locked "${browser_target[@]}" --edges no-build,no-dev,no-proc-macro --prefix none --format '{p}')
    ! strays=$(grep -E '^(tokio|sqlx|ring|regex|mio|fluent|intl|rust-embed)(-[a-z]+)* v' <<<"$tree" | sort -u) || die "the browser's code depends on $strays"
}

# Uses the bundle's profile, so that the bundle's dependencies are then already compiled. Our own crate is compiled
# again for the bundle: clippy skips optimisations, and the bundle has a size budget.
browser_code() {
    step "clippy for the browser" cargo build --locked --quiet --lib "${browser_target[@]}" --profile wasm-release
    step "browser's files and their budget" scripts/bundle.sh
}

tests=(cargo test --locked --quiet --features ssr)
# Much of a test's time is waiting for PostgreSQL, blocks and processes, so twice as many threads as processors.
export RUST_TEST_THREADS=$(($(nproc) * 2))

sqlite_tests() {
    say "on SQLite only; 'make test' also runs the tests with 'postgres' in their names"
    env -u REQUITE_TEST_POSTGRES_URL "${tests[@]}" -- --skip postgres
}

# Traces are recorded only by the second run of what has failed, because they take a quarter of the time.
end_to_end() {
    cd end2end
    "$root/scripts/with-postgres.sh" npx --no-install playwright test || {
        say "what has failed is repeated with traces, to see why; the check has failed in any case"
        "$root/scripts/with-postgres.sh" npx --no-install playwright test --last-failed --pass-with-no-tests --trace retain-on-failure || true
        exit 1
    }
}

step "set-up" scripts/setup.sh test
choose_rust # set-up may have just installed it
lint_what_is_compiled
step "formatting" cargo fmt --check
if [[ $what == quick ]]; then
    step "clippy and compiling, server and tests" "${tests[@]}" --no-run
    step "tests on SQLite" sqlite_tests
    exit
fi
step "licences and sources of dependencies" "$deny" --locked check licenses bans sources
step "browser's dependencies" browser_dependencies
run_beside browser_code
step "clippy and compiling, server and tests" "${tests[@]}" --no-run
step "waiting for the browser's files" join_beside
step "tests on SQLite and PostgreSQL" scripts/with-postgres.sh "${tests[@]}"
step "fuzzing the API" scripts/with-postgres.sh scripts/fuzz.sh 40
step "clients generated from the document" scripts/clients.sh
step "tests in Chromium" end_to_end
