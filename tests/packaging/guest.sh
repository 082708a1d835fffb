#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# guest.sh WORK: in a guest, whose file system is thrown away: install for real, use what was
# installed, uninstall, compare. WORK/dkms holds what dkms built on the host.

. "$CVS_TOP/scripts/lib.sh"
cd "$CVS_TOP"

work=$1
before=$(mktemp)
after=$(mktemp)
kdir=/lib/modules/$KVER/build
dkms=(dkms --dkmstree "$work/dkms/tree" --sourcetree "$work/dkms/usr/src")

# Every file that an installation might touch. The key that dkms signs with belongs to the machine.
files()
{
	find "/lib/modules/$KVER/" /etc /usr/src /usr/sbin /usr/lib/systemd /usr/lib/NetworkManager \
		/usr/share/man /usr/share/bash-completion /var/lib/dkms ! -path '/var/lib/dkms/mok.*' \
		2>/dev/null || true
	printf '%s\n' /* /usr/* /usr/lib/* /usr/share/* /var/* /var/lib/*
}

unchanged()
{
	files | sort > "$after"
	tap_run "$KVER: $1 leaves what was there before" diff "$before" "$after"
}

# systemd-udevd and systemd-networkd, told to manage everything, leave the switch alone.
check_network_managers()
{
	local mac

	printf '[Match]\nName=*\n[Network]\nDHCP=yes\n' > /etc/systemd/network/90-all.network
	install -d -o systemd-network /run/systemd/netif
	/lib/systemd/systemd-udevd --daemon
	/lib/systemd/systemd-networkd >/dev/null 2>&1 &
	ip link add tenant1 up type cvswitch
	ip link add br9 up type bridge
	mac=$(cat /sys/class/net/tenant1/address)
	udevadm settle
	tap_run "$KVER: udev leaves the switch's address alone" \
		grep -qx "$mac" /sys/class/net/tenant1/address
	tap_run "$KVER: networkd manages a bridge" wait_for_state br9 configuring
	tap_run "$KVER: networkd leaves the switch unmanaged" wait_for_state tenant1 unmanaged
	ip link del tenant1
	ip link del br9
	kill %1
	udevadm control --exit
	rm /etc/systemd/network/90-all.network
}

# wait_for_state DEVICE STATE: as networkd sees it, within 20 seconds.
wait_for_state()
{
	local i file

	file=/run/systemd/netif/links/$(cat "/sys/class/net/$1/ifindex")
	for ((i = 0; i < 40; i++)); do
		! grep -qs "^ADMIN_STATE=$2" "$file" || return 0
		sleep 0.5
	done
	cat "$file"
	return 1
}

files | sort > "$before"

make -s install KDIR="$kdir"
tap_run "$KVER: modprobe finds what make installed" modprobe cvswitch
tap_run "$KVER: the installed tool runs" /usr/sbin/cvswitch-ctl version
tap_run "$KVER: the manual page is found" man -w cvswitch-ctl
check_network_managers
rmmod cvswitch
make -s install KDIR="$kdir"
make -s uninstall
unchanged 'make uninstall, after installing twice,'

"${dkms[@]}" install "cvswitch/$CVS_VERSION" -k "$KVER" --kernelsourcedir "$kdir"
tap_run "$KVER: modprobe finds what dkms installed" modprobe cvswitch
tap_run "$KVER: it is the one of dkms" grep -q updates/dkms/cvswitch.ko <(modinfo -n cvswitch)
rmmod cvswitch
"${dkms[@]}" remove "cvswitch/$CVS_VERSION" --all
unchanged 'dkms remove'
exit 0	# the lines above say it all
