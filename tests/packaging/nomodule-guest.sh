#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# nomodule-guest.sh missing|refused: in a guest that has not loaded the module, make it missing in
# each way and read what the tool says.

. "$CVS_TOP/scripts/lib.sh"

modules=/lib/modules/$KVER

# says NAME TEXT...: the tool fails with one line that holds each TEXT.
says()
{
	local name=$1 said text rc=0
	shift

	said=$(cvswitch-ctl switch show 2>&1 >/dev/null) || rc=$?
	for text; do
		[[ $said == *"$text"* ]] || rc="no '$text'"
	done
	[ "$(wc -l <<<"$said")" = 1 ] || rc='more than one line'
	if [ "$rc" = 1 ]; then
		tap_ok "$KVER: $name"
	else
		tap_fail "$KVER: $name ($rc)"
		printf '# %s\n' "${said//$'\n'/$'\n'# }"
	fi
}

put_module()
{
	mkdir -p "$1/updates"
	cp "$CVS_KO" "$1/updates"
}

missing()
{
	says 'not installed' 'not installed' "run 'make install'"

	put_module /lib/modules/6.66.0-other
	says 'not built for this kernel' "not built for this kernel, $KVER" '6.66.0-other' "run 'make install'"
	mv "$modules/build" "$modules/build.away"
	says 'headers missing' "apt install linux-headers-$KVER"
	mv "$modules/build.away" "$modules/build"

	put_module "$modules"
	depmod "$KVER"
	tap_run "$KVER: an installed module is loaded when needed" cvswitch-ctl switch show

	echo 0.0.0 > /run/version
	mount --bind /run/version /sys/module/cvswitch/version
	says 'versions differ' 'versions differ' 0.0.0 "$CVS_VERSION" 'modprobe -r cvswitch && modprobe cvswitch'
}

refused()
{
	put_module "$modules"
	depmod "$KVER"
	says 'refused by signature' 'refused by signature' 'Secure Boot'
}

case $1 in
missing)	missing ;;
refused)	refused ;;
esac
exit 0	# the lines above say it all
