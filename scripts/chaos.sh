#!/usr/bin/env bash
# Kills servers and signers a thousand times while they pay refunds on a test chain, and restores old backups two hundred
# times, each shared between both engines: scripts/chaos.sh [KILLS [BACKUPS]]. Takes more than an hour. `make chaos` runs
# it; docs/chaos.md has the output of the last run. REQUITE_CHAOS_SEED repeats the choices of an earlier run.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"
kills=${1:-1000} backups=${2:-200}
export REQUITE_CHAOS_SEED=${REQUITE_CHAOS_SEED:-$((RANDOM * 32768 + RANDOM))}

scripts/setup.sh test
choose_rust
lint_what_is_compiled
commit=$(git describe --always --dirty --abbrev=40 --exclude '*' 2>/dev/null) || commit="outside of git"
say "chaos: commit $commit, seed $REQUITE_CHAOS_SEED, $kills kills, $backups backups"

# Runs the tests with these words in their names, one after the other, so that each kill meets a machine that is not busy
# with other tests.
run() {
    local repetitions=$1 began=$SECONDS
    shift
    ((repetitions > 0)) || return 0
    REQUITE_CHAOS=$repetitions scripts/with-postgres.sh \
        cargo test --locked --quiet --features ssr -- "$@" --nocapture --test-threads 1
    say "chaos: $* with $repetitions repetitions: fine, $((SECONDS - began)) s"
}
run "$kills" chain::kills
run "$backups" restored
say "chaos: fine, $SECONDS s"
