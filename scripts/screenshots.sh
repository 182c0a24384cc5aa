#!/usr/bin/env bash
# Photographs every page, empty, full and failing, at three widths and in both themes, and says whether anything is wider than
# its window: scripts/screenshots.sh [FOLDER], by default end2end/screenshots, which is not in the repository. `make screenshots`
# and, in end2end, `npm run screenshots` run it. With --docs it makes only the pictures of the documents, in docs/screenshots. It
# is no part of `make test`: it takes people to look at pictures.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"

case ${1-} in
    --docs)
        export SCREENSHOTS_OF_DOCUMENTS=yes
        SCREENSHOTS=$root/docs/screenshots
        ;;
    -*) die "usage: scripts/screenshots.sh [FOLDER | --docs]" ;;
    *) SCREENSHOTS=$(realpath --canonicalize-missing "${1:-$root/end2end/screenshots}") ;;
esac
export SCREENSHOTS

cd "$root"
scripts/setup.sh test
scripts/bundle.sh
say "building the server"
cargo build --locked --quiet --features ssr
cd end2end
say "the pictures will be in $SCREENSHOTS"
exec npx --no-install playwright test --config screenshots.config.ts
