#!/usr/bin/env bash
# Runs Python with the packages of end2end/requirements.txt: scripts/python.sh SCRIPT [ARGUMENT…]
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
[[ -x $python ]] || die "Python's packages are missing; scripts/setup.sh test installs them"
exec "$python" "$@"
