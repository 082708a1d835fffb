#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The man page is well formed and names every option, command, setting, attribute and word there is.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"
tool=build/cvswitch-ctl
page=userspace/cvswitch-ctl.8

well_formed()
{
	local said

	said=$(groff -man -Tutf8 -t -ww -z "$page" 2>&1)
	[ -z "$said" ] || { echo "$said"; return 1; }
}

make -s tool
text=$(groff -man -rLL=1000n -Tascii -t -P-cbou "$page" | tr -s ' \n' ' ')
names() { grep -qF -- "$1" <<<"$text" || { echo "'$1' is missing"; return 1; }; }

# Words between OBJECT and the first that may be left out or stands for something.
usages()
{
	local object

	for object in show switch port vlan fdb neigh tunnel remote vni profile acl group stats \
		drops monitor doctor version; do
		"$tool" "$object" help | sed -n 's/^\t\([a-z]\)/\1/p'
	done
}

# Every usage of the help is in the man page word by word; settings are in lists of their own.
commands()
{
	local usage missing=0

	while read -r usage; do
		usage=${usage%% \[address*}
		usage=${usage%% \[isolated*}
		usage=${usage%% \[vni*}
		usage=${usage%% \[flood*}
		usage=${usage%% \[ingress-default*}
		names "$usage" || missing=1
	done < <(usages)
	return "$missing"
}

settings()
{
	local object word missing=0

	for word in $(for object in switch port tunnel remote; do "$tool" "$object" help; done |
		grep -o '\[[a-z-]* [^] ]*]' | sed 's/^.\(.*\) .*/\1/' | sort -u); do
		names " $word " || missing=1
	done
	return "$missing"
}

# Attributes and words of the specification: without the netlink reference, JSON has to be enough.
vocabulary()
{
	local word missing=0

	while read -r _ _ _ word; do
		names "$word" || missing=1
	done < <(python3 tests/tool/vocabulary.py Documentation/netlink/specs/cvswitch.yaml)
	return "$missing"
}

options()
{
	local option missing=0

	for option in $("$tool" help | grep -o '^  -[a-zA-Z]'); do
		names " $option" || missing=1
	done
	return "$missing"
}

tap_run 'the page is well formed' well_formed
tap_run 'it names every option' options
tap_run 'it names every command' commands
tap_run 'it names every setting' settings
tap_run 'it names every attribute and word' vocabulary
tap_end
