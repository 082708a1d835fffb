// SPDX-License-Identifier: GPL-2.0
/*
 * The eBPF peer of the benchmark, at tc ingress of a container's host-side veth: hands the frame
 * to the container behind the host-side veth that a hash map gives for the destination address.
 * No learning, no flooding, no counters.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct address {
	__u8 octet[ETH_ALEN];
	__u8 zero[2];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct address);
	__type(value, __u32);
} ports SEC(".maps");

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	void *end = (void *)(long)skb->data_end;
	struct ethhdr *eth = (void *)(long)skb->data;
	struct address key = {};
	__u32 *ifindex;

	if ((void *)(eth + 1) > end)
		return TC_ACT_SHOT;
	__builtin_memcpy(key.octet, eth->h_dest, ETH_ALEN);
	ifindex = bpf_map_lookup_elem(&ports, &key);
	return ifindex ? bpf_redirect_peer(*ifindex, 0) : TC_ACT_SHOT;
}

char _license[] SEC("license") = "GPL";
