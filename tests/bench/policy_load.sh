# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Sourced in the guest. policy-load-N: what N rules cost that are loaded at once by cvswitch-ctl or
# nft, and what they take of memory. These rows have no frames:
#
#	policy-load-N		instructions from the first message until the rules are published:
#				what the kernel does while the command sends (sendtime.c)
#	policy-command-N	instructions of the whole command, from fork to end
#	policy-memory-N		bytes: slabs, vmalloc and per-CPU memory

# Of what the kernel says that it has.
kernel_bytes()
{
	awk '/^(Slab|VmallocUsed|Percpu):/ { sum += $2 } END { printf "%.0f\n", sum * 1024 }' /proc/meminfo
}

# load_row SYSTEM SCENARIO NUMBER
load_row() { echo "$(uname -r),$1,$2,0,$3" | tee -a "$ROWS"; }

# measure_load SYSTEM N COMMAND...
measure_load()
{
	local before took
	before=$(kernel_bytes)

	took=${EPOCHREALTIME/./}
	LD_PRELOAD=$SENDTIME_SO SENDTIME=/tmp/sendtime "${@:3}"
	took=$((${EPOCHREALTIME/./} - took))
	load_row "$1" "policy-load-$2" "$(cat /tmp/sendtime)"
	load_row "$1" "policy-command-$2" $((took * 1000))
	load_row "$1" "policy-memory-$2" $(($(kernel_bytes) - before))
}

cvswitch_load()
{
	cvswitch-ctl profile add sw0 loaded
	measure_load cvswitch "$1" cvswitch-ctl profile load sw0 loaded "$(policy_rules cvswitch "$1")"
	cvswitch-ctl profile show sw0 loaded
}

bridge_load()
{
	nft_file "$1"
	# Its modules are loaded beforehand.
	nft -c 'table bridge x { chain y { iif lo ip saddr 192.0.2.1 tcp dport 1-2 counter accept; }; }'
	measure_load bridge "$1" nft -f /tmp/nft
}
