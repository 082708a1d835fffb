#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# packaging.sh SERIES: make install, make uninstall and dkms, with and without DESTDIR; what was
# there before is there afterwards and nothing else. dkms builds on the host, in folders of its own
# (a build inside the guest takes minutes), and installs in the guest.

. "$(dirname "$0")/../../scripts/lib.sh"
cd "$CVS_TOP"

series=$1
kernel=$(scripts/kernels "$series")
release=$(cat "$kernel/release")
work=build/check/packaging-$series
rm -rf "$work"
mkdir -p "$work/job"
work=$(realpath "$work")

staged()
{
	make -s install uninstall KDIR="$kernel/build" DESTDIR="$work/root" "$@" &&
		[ -z "$(find "$work/root" -mindepth 1)" ]
}

flock build/lock make -s KDIR="$kernel/build"
mkdir "$work/root"
tap_run "Linux $series: make install uninstall DESTDIR=" staged
tap_run "Linux $series: make install uninstall DESTDIR= DKMS=1" staged DKMS=1

make -s install KDIR="$kernel/build" DESTDIR="$work/dkms" DKMS=1
mkdir -p "$work/dkms/tree"
tap_run "Linux $series: dkms build" dkms build "cvswitch/$CVS_VERSION" -k "$release" \
	--kernelsourcedir "$kernel/build" --dkmstree "$work/dkms/tree" --sourcetree "$work/dkms/usr/src"

JOB=$work/job WORK=$work scripts/vm "$series" --no-module --timeout $((300 * CVS_PATIENCE)) -- \
	tests/packaging/guest.sh "$work" || tap_fail "Linux $series: the guest ended with $?"
tap_end
