#!/usr/bin/env bash
# Runs hundreds of random sequences of actions on both engines and checks all invariants after each step, for a night:
# scripts/soak.sh [LIVES]. REQUITE_SEQUENCES_SEED repeats the lives of an earlier run.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"
export REQUITE_SEQUENCES_LIVES=${1:-500} REQUITE_SEQUENCES_CHECK_EVERY=${REQUITE_SEQUENCES_CHECK_EVERY:-1}

scripts/setup.sh test
choose_rust
lint_what_is_compiled
commit=$(git describe --always --dirty --abbrev=40 --exclude '*' 2>/dev/null) || commit="outside of git"
say "soak: $commit, $REQUITE_SEQUENCES_LIVES lives on each engine"
scripts/with-postgres.sh cargo test --locked --quiet --features ssr sequences::new_lives -- --nocapture
say "soak: fine, $SECONDS s"
