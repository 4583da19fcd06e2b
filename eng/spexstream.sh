#!/usr/bin/env bash
# Runs spexstream; sets everything up on the first call. All arguments go to the program.
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
ensure_built
exec "$PROGRAM" "$@"
