# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced by the scripts of this tree: paths, progress, refusals, Debian's packages, TAP lines.

set -euo pipefail

CVS_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034	# used by those who source this file
{
	CVS_VERSION=$(cat "$CVS_TOP/VERSION")
	CVS_CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/cvswitch
	CVS_KERNELS=(6.1 6.12 newest)	# the stock kernels that every test runs on
	CVS_PATIENCE=3			# a test's time limit is for a machine with nothing else to do
}

# Progress and refusals go to stderr: stdout is a script's result.
step() { printf '==> %s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
# Refuse for want of something that is not to be had here: who asked may skip what needs it.
unavailable() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 4; }
usage() { printf 'usage: %s\n' "$*" >&2; exit 2; }

is_debian() { [ -e /etc/debian_version ] && command -v apt-get >/dev/null; }

# apt with no question asked, no service started and nothing beyond what was named; its chatter
# is shown only if it fails.
apt_get()
{
	local log rc=0

	[ "$(id -u)" = 0 ] || die "must be root to run 'apt-get $*'"
	log=$(mktemp)
	DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
		-o APT::Install-Recommends=false "$@" >"$log" 2>&1 </dev/null || rc=$?
	[ $rc = 0 ] || cat "$log" >&2
	rm -f "$log"
	return $rc
}

# Refresh apt's package lists, at most once in a process.
apt_update()
{
	[ -z "${apt_updated:-}" ] || return 0
	apt_updated=1
	step 'refreshing the package lists'
	apt_get update
}

# True while apt has lists that name PACKAGE.
apt_knows() { [ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null)" ]; }

# Download the packages in ARGS and extract them into DIR, without installing them.
deb_extract()
{
	local dir=$1 debs get=(apt-get -qq -o APT::Sandbox::User=root download)
	shift
	debs=$(mktemp -d "$dir.debs.XXXXXX")
	if ! (cd "$debs" && "${get[@]}" "$@") >&2; then
		apt_update
		(cd "$debs" && "${get[@]}" "$@") >&2
	fi
	debs_unpack "$debs" "$dir"
	rm -rf "$debs"
}

# Extract the packages that lie in directory DEBS into DIR.
debs_unpack()
{
	local deb

	for deb in "$1"/*.deb; do
		dpkg-deb -x "$deb" "$2"
	done
}

# The value of "# KEY: VALUE" among a script's first comments.
header()
{
	local value

	value=$(sed -n "1,30s/^# $2: *//p" "$1")
	echo "${value:-$3}"
}

# TAP: one line per check, counted by whoever reads the log.
tap_n=0
tap_failed=0
tap_ok() { tap_n=$((tap_n + 1)); printf 'ok - %s\n' "$1"; }
tap_skip() { tap_n=$((tap_n + 1)); printf 'ok - %s # SKIP %s\n' "$1" "$2"; }
tap_fail() { tap_n=$((tap_n + 1)); tap_failed=1; printf 'not ok - %s\n' "$1"; }
tap_end() { printf '1..%d\n' "$tap_n"; exit "$tap_failed"; }

# Run a command as the check NAME; its output is shown only if it fails. A function that is run so
# goes on after a command that fails ("set -e" is off in it): join its commands by "&&".
tap_run()
{
	local name=$1 out
	shift
	if out=$("$@" 2>&1); then
		tap_ok "$name"
	else
		tap_fail "$name"
		printf '# %s\n' "${out//$'\n'/$'\n'# }"
	fi
}
