/* SPDX-License-Identifier: GPL-2.0 */
/* UDP ports that tunnels receive at: one socket for all switches that share one. */
#ifndef CVS_UDP_H
#define CVS_UDP_H

#include <linux/atomic.h>
#include <linux/netdevice.h>
#include <linux/rhashtable.h>
#include <net/sock.h>

#include "cvs_vni.h"

struct net;
struct netlink_ext_ack;

/**
 * struct cvs_udp_key - what makes tunnels share a socket
 * @family: AF_INET or AF_INET6
 * @port: UDP port, host byte order
 * @ifindex: VRF that the socket is bound to, or 0
 * @zero_checksum_rx: accepts IPv6 datagrams without a checksum
 */
struct cvs_udp_key {
	u16 family;
	u16 port;
	int ifindex;
	bool zero_checksum_rx;
};

/**
 * struct cvs_udp - a socket and who receives by it
 * @vnis: VNIs of all tunnels that share it, read under RCU
 * @sock: the socket
 * @key: what it was made for
 * @users: tunnels, under RTNL
 * @malformed: what came and is not VXLAN
 * @unknown_vni: what came with a VNI that is not in @vnis
 * @node: in the namespace's list, under RTNL
 */
struct cvs_udp {
	struct rhashtable vnis;
	struct socket *sock;
	struct cvs_udp_key key;
	u32 users;
	atomic64_t malformed;
	atomic64_t unknown_vni;
	struct list_head node;
};

static __always_inline u32 cvs_udp_hash(const void *key, u32 len, u32 seed)
{
	return jhash_1word(*(const u32 *)key, seed);
}

static inline int cvs_udp_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	return ((const struct cvs_vni *)obj)->vni != *(const u32 *)arg->key;
}

static const struct rhashtable_params cvs_udp_params = {
	.head_offset = offsetof(struct cvs_vni, node),
	.key_offset = offsetof(struct cvs_vni, vni),
	.key_len = sizeof_field(struct cvs_vni, vni),
	.hashfn = cvs_udp_hash,
	.obj_cmpfn = cvs_udp_cmp,
	.automatic_shrinking = true,
};

/**
 * cvs_udp_find() - whose VNI is this?
 * @udp: the socket that it came by
 * @vni: the VNI
 *
 * Context: RCU.
 * Return: it, or NULL.
 */
static inline struct cvs_vni *cvs_udp_find(struct cvs_udp *udp, u32 vni)
{
	return rhashtable_lookup(&udp->vnis, &vni, cvs_udp_params);
}

struct cvs_udp *cvs_udp_get(struct net *net, const struct cvs_udp_key *key,
			    struct cvs_udp *mine, struct netlink_ext_ack *extack);
int cvs_udp_bind(struct cvs_udp *udp, int ifindex, struct netlink_ext_ack *extack);
void cvs_udp_set_zero_checksum(struct cvs_udp *udp, bool accept);
void cvs_udp_put(struct cvs_udp *udp);
void cvs_udp_offload(struct net_device *dev, bool on);
const struct cvs_vni *cvs_udp_find_port(struct net *net, u16 port, u32 vni);

#endif /* CVS_UDP_H */
