# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced after lib.sh: packages of the Debian release that follows the host's own, and of its
# backports, where the newest kernels are. apt reads them with lists of its own in the user's cache:
# what the host may install stays as it is. Needs the packages of 'scripts/setup newest'.

next_dir=$CVS_CACHE/next
next_lists_read=$next_dir/read		# touched when the lists have been read
next_apt=(-o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$next_dir/sources.d"
	-o Dir::State::Lists="$next_dir/lists" -o Dir::State::status=/dev/null
	-o Dir::Cache="$next_dir/cache" -o APT::Sandbox::User=root)

host_codename() { sed -nE 's/^VERSION_CODENAME="?([a-z]+)"?$/\1/p' /etc/os-release; }

# The release after CODENAME: distro-info-data lists them in order.
codename_after()
{
	awk -F , -v now="$1" '
		seen && $1 != "" && !n++ { print $3 }
		$3 == now { seen = 1 }' /usr/share/distro-info/debian.csv
}

next_codename() { codename_after "$(host_codename)"; }

# Where apt was told of CODENAME: "FILE:NUMBER" of the entry.
source_entry()
{
	# shellcheck disable=SC2016	# apt's own variables
	apt-get indextargets --format '$(CODENAME) $(SOURCESENTRY)' \
		'Created-By: Packages' 'Component: main' |
		awk -v want="$1" '$1 == want && !n++ { print $2 }'
}

# The same entry, mirror, keyring and all, but for SUITES in place of its own.
entry_for()
{
	local file=${1%:*} number=${1##*:} suite
	shift

	case $file in
	*.sources)
		awk -v number="$number" -v suites="$*" '
			BEGIN { RS = ""; FS = "\n" }
			tolower("\n" $0) ~ /\ntypes:/ && ++n == number {
				for (i = 1; i <= NF; i++) {
					if ($i !~ /^[ \t]/)
						skip = tolower($i) ~ /^(#|types:|suites:|components:)/
					if (!skip)
						print $i
				}
				printf "Types: deb\nSuites: %s\nComponents: main\n", suites
			}' "$file" ;;
	*)	for suite; do
			sed -nE "${number}s/^deb[ \t]+((\[[^]]*\][ \t]+)?[^ \t]+)[ \t].*/deb \1 $suite main/p" "$file"
		done ;;
	esac
}

# The entry that serves the host's own release.
host_entry()
{
	local now entry

	now=$(host_codename)
	entry=$(source_entry "$now")
	if [ -z "$entry" ]; then
		apt_update || true
		entry=$(source_entry "$now")
	fi
	[ -n "$entry" ] || unavailable "apt has no source for Debian's $now"
	echo "$entry"
}

# next_sources ENTRY SUITE...: have apt read these suites, from where ENTRY reads its own.
next_sources()
{
	local suffix=list

	rm -rf "$next_dir/sources.d"
	mkdir -p "$next_dir"/{sources.d,lists/partial,cache/archives/partial}
	[[ $1 != *.sources:* ]] || suffix=sources
	entry_for "$@" > "$next_dir/sources.d/next.$suffix"
}

# Read the lists and keep the suites that exist; old lists will do if the mirror can't be reached.
next_apt_read()
{
	local next entry suites

	next=$(next_codename)
	[ -n "$next" ] || unavailable "no Debian release is known to follow $(host_codename)"
	entry=$(host_entry)
	step "reading the package lists of $next and $next-backports"
	next_sources "$entry" "$next" "$next-backports"
	apt_get "${next_apt[@]}" update || true
	# shellcheck disable=SC2016	# apt's own variable
	mapfile -t suites < <(apt-get "${next_apt[@]}" indextargets --format '$(RELEASE)' \
		'Created-By: Packages' | sort -u)
	[ ${#suites[@]} -gt 0 ] || unavailable "the host's Debian mirror doesn't answer for $next"
	next_sources "$entry" "${suites[@]}"
	touch "$next_lists_read"
}

# Read the lists, unless that was done within a day; "now": anyway.
next_apt_update()
{
	local lock

	mkdir -p "$next_dir"
	exec {lock}>"$next_dir/lock"
	flock "$lock"
	if [ "${1:-}" = now ] || [ -z "$(find "$next_lists_read" -mtime -1 2>/dev/null)" ]; then
		next_apt_read
	fi
	exec {lock}>&-
}

# apt-cache on those lists.
next_apt_cache() { apt-cache "${next_apt[@]}" "$@"; }

# Download the packages in ARGS and extract them into DIR, without installing them.
next_deb_extract()
(
	dir=$1 get=(apt-get -qq "${next_apt[@]}" download)
	shift
	next_apt_update
	debs=$(mktemp -d "$next_dir/debs.XXXXXX")
	trap 'rm -rf "$debs"' EXIT
	if ! (cd "$debs" && "${get[@]}" "$@") >&2; then
		next_apt_update now
		(cd "$debs" && "${get[@]}" "$@") >&2
	fi
	debs_unpack "$debs" "$dir"
)
