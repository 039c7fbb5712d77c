# Sourced by the scripts beside it: goes to the repository's root and names what they share.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# At most two compilers unless BUILDER_JOBS says otherwise: tree-sitter's grammars and the JSON
# headers take up to 1 GB each.
jobs=${BUILDER_JOBS:-$(nproc)}

say() {
  printf '%s: %s\n' "$(basename "$0")" "$*"
}

fail() {
  say "$@" >&2
  exit 1
}
