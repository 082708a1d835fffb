# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced after lib.sh: packages of the Debian release that follows the host's own, and of its
# backports, where the newest kernels are. apt reads them with lists of its own in the user's cache:
# what the host may install stays as it is. Needs the packages of 'scripts/setup newest'.

next_dir=$CVS_CACHE/next
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

write_next_sources()
{
	local now next entry

	now=$(host_codename)
	next=$(codename_after "$now")
	[ -n "$next" ] || die "no Debian release is known to follow '$now'"
	entry=$(source_entry "$now")
	if [ -z "$entry" ]; then
		apt_update || true
		entry=$(source_entry "$now")
	fi
	[ -n "$entry" ] || die "apt has no source of Debian's '$now' to find '$next' beside"
	rm -rf "$next_dir/sources.d"
	mkdir -p "$next_dir"/{sources.d,lists/partial,cache/archives/partial}
	[[ $entry != *.sources:* ]] || set -- .sources
	entry_for "$entry" "$next" "$next-backports" > "$next_dir/sources.d/next${1:-.list}"
}

# The suites that could be read.
next_suites()
{
	# shellcheck disable=SC2016	# apt's own variable
	apt-get "${next_apt[@]}" indextargets --format '$(RELEASE)' 'Created-By: Packages' | sort -u
}

# Read the lists, unless they were read within a day; "now" reads them anyway. Old ones will do where
# the mirror can't be reached, and one of the suites if the other doesn't exist.
next_apt_update()
{
	local lock read=$next_dir/read

	mkdir -p "$next_dir"
	exec {lock}>"$next_dir/lock"
	flock "$lock"
	if [ "${1:-}" = now ] || [ -z "$(find "$read" -mtime -1 2>/dev/null)" ]; then
		write_next_sources
		step "reading the package lists of the release after $(host_codename)"
		apt_get "${next_apt[@]}" update || true
		[ -z "$(next_suites)" ] || touch "$read"
	fi
	exec {lock}>&-
	[ -n "$(next_suites)" ] ||
		die "the release after $(host_codename) can't be reached on the host's Debian mirror"
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
