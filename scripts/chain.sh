#!/usr/bin/env bash
# Serves Requite as in production, on a chain of this machine: a node with Circle's contracts, a signer, a server, and a
# customer's wallet (end2end/chain/run.mjs). Its files are in data/chain, which is emptied first.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$root"

scripts/setup.sh chain
scripts/bundle.sh
scripts/release.sh
REQUITE_BINARY=$CARGO_TARGET_DIR/release/requite exec node end2end/chain/run.mjs
