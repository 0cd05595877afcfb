#!/usr/bin/env bash
# Tries the two commands on a fresh clone: npm test and npm start, as root where run by root, and as an ordinary user.
# Prints a log with the seconds of each step; ends with exit status 0 only if every step passed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place=$(mktemp -d /tmp/cts-fresh-XXXXXX)
user=
service=

cleanup() {
  if [ -n "$service" ]; then kill "$service" 2>/dev/null || true; fi
  if [ -n "$user" ]; then userdel "$user" || true; fi
  rm -rf "$place"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

fail() {
  say "FAILED: $1"
  tail -n 60 "$2"
  exit 1
}

# Becomes a command in the person's clone, run by that person; to be called in a subshell.
as() {
  local who=$1
  shift
  cd "$place/$who/clone"
  if [ "$who" = "$(id -un)" ]; then exec "$@"; fi
  export HOME="$place/$who" USER="$who"
  exec setpriv --reuid "$who" --regid "$who" --init-groups "$@"
}

clone() {
  mkdir -p "$place/$1"
  git clone --quiet "$root" "$place/$1/clone"
  if [ "$1" != "$(id -un)" ]; then chown -R "$1:$1" "$place/$1"; fi
  say "$1: cloned $(git -C "$root" rev-parse --short HEAD)"
}

run_tests() {
  local log=$place/$1.test.log
  (as "$1" npm test) >"$log" 2>&1 || fail "$1: npm test" "$log"
  grep -E '^(✔ [a-z]+ +[0-9.]+ s|ℹ (tests|pass|fail|skipped|duration_ms) )' "$log" | sed 's/^/        /' || true
  say "$1: npm test passed"
}

run_service() {
  local log=$place/$1.start.log url status=0
  (as "$1" env PORT=0 npm start) >"$log" 2>&1 &
  service=$!
  for _ in $(seq 300); do
    if grep -q '^ready ' "$log" || ! kill -0 "$service" 2>/dev/null; then break; fi
    sleep 1
  done
  url=$(sed -n 's/^ready //p' "$log")
  if [ -z "$url" ]; then fail "$1: npm start never said ready" "$log"; fi
  say "$1: npm start says ready $url"
  node -e "fetch('$url/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" ||
    fail "$1: $url/health/ready" "$log"
  say "$1: it is healthy"
  kill -TERM "$service"
  wait "$service" || status=$?
  service=
  if [ "$status" -ne 0 ]; then fail "$1: SIGTERM ended npm start with status $status" "$log"; fi
  say "$1: stopped by SIGTERM with status 0"
}

try() {
  clone "$1"
  run_tests "$1"
  run_service "$1"
}

chmod 755 "$place"
try "$(id -un)"
if [ "$(id -u)" -eq 0 ]; then
  user=cts-fresh-$$
  useradd --no-create-home --home-dir "$place/$user" --shell /usr/sbin/nologin "$user"
  try "$user"
fi
say 'both commands work on a fresh clone'
