/* SPDX-License-Identifier: GPL-2.0 */
/* Remotes: other hosts, by the address of their end of the tunnel (VTEP). */
#ifndef CVS_REMOTE_H
#define CVS_REMOTE_H

#include <linux/in6.h>
#include <linux/rhashtable.h>
#include <linux/u64_stats_sync.h>
#include <net/dst_cache.h>

#include "cvs_fdb.h"
#include "cvs_vtep.h"

struct cvs_tunnel;
struct netlink_ext_ack;

/* Each field is written by the CPU that handles the frame, BH off. */
enum cvs_remote_counter {
	CVS_REMOTE_RX_FRAMES,
	CVS_REMOTE_RX_BYTES,
	CVS_REMOTE_TX_FRAMES,
	CVS_REMOTE_TX_BYTES,
	CVS_REMOTE_DROPS,
	CVS_REMOTE_COUNTERS,
};

/**
 * struct cvs_remote_stats - one remote's counters on one CPU
 * @n: the counters
 * @syncp: for readers on 32 bits
 */
struct cvs_remote_stats {
	u64_stats_t n[CVS_REMOTE_COUNTERS];
	struct u64_stats_sync syncp;
};

/**
 * struct cvs_remote_config - settings of a remote
 * @flood: it gets what is flooded
 * @fdb_max: most addresses learned from it; 0 is no limit of its own
 */
struct cvs_remote_config {
	bool flood;
	u32 fdb_max;
};

/**
 * struct cvs_remote - another host
 * @addr: its address
 * @node: in the tunnel's hash table
 * @tunnel: the tunnel
 * @fdb: what the FDB keeps of it
 * @stats: counters
 * @route: way to it, by CPU
 * @id: in the tunnel's table by number
 * @flooded: it is in the tunnel's list of those that get what is flooded, RTNL
 * @flood_node: in that list
 * @gone: in the list of remotes that are removed together, under RTNL
 * @rcu: for freeing
 */
struct cvs_remote {
	struct in6_addr addr;
	struct rhash_head node;
	struct cvs_tunnel *tunnel;
	struct cvs_fdb_owner fdb;
	struct cvs_remote_stats __percpu *stats;
	struct dst_cache route;
	u32 id;
	bool flooded;
	struct list_head flood_node;
	struct list_head gone;
	struct rcu_head rcu;
};

static inline u32 cvs_remote_hash_addr(const struct in6_addr *addr, u32 seed)
{
	return jhash_2words((__force u32)(addr->s6_addr32[0] ^ addr->s6_addr32[2]),
			    (__force u32)(addr->s6_addr32[1] ^ addr->s6_addr32[3]), seed);
}

static __always_inline u32 cvs_remote_hash(const void *key, u32 len, u32 seed)
{
	return cvs_remote_hash_addr(key, seed);
}

static inline int cvs_remote_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	return !cvs_vtep_equal(&((const struct cvs_remote *)obj)->addr, arg->key);
}

static const struct rhashtable_params cvs_remote_params = {
	.head_offset = offsetof(struct cvs_remote, node),
	.key_offset = offsetof(struct cvs_remote, addr),
	.key_len = sizeof_field(struct cvs_remote, addr),
	.hashfn = cvs_remote_hash,
	.obj_cmpfn = cvs_remote_cmp,
	.automatic_shrinking = true,
};

/**
 * cvs_remote_find() - look a remote up
 * @remotes: those of a tunnel
 * @addr: its address
 *
 * Context: RCU.
 * Return: the remote, or NULL.
 */
static inline struct cvs_remote *cvs_remote_find(struct rhashtable *remotes,
						 const struct in6_addr *addr)
{
	return rhashtable_lookup(remotes, addr, cvs_remote_params);
}

static inline struct cvs_remote *cvs_remote_of_owner(struct cvs_fdb_owner *owner)
{
	return container_of(owner, struct cvs_remote, fdb);
}

static inline void cvs_remote_count(struct cvs_remote *remote, enum cvs_remote_counter frames,
				    unsigned int len)
{
	struct cvs_remote_stats *mine = this_cpu_ptr(remote->stats);

	u64_stats_update_begin(&mine->syncp);
	u64_stats_inc(&mine->n[frames]);
	u64_stats_add(&mine->n[frames + 1], len);
	u64_stats_update_end(&mine->syncp);
}

static inline void cvs_remote_count_drop(struct cvs_remote *remote)
{
	struct cvs_remote_stats *mine = this_cpu_ptr(remote->stats);

	u64_stats_update_begin(&mine->syncp);
	u64_stats_inc(&mine->n[CVS_REMOTE_DROPS]);
	u64_stats_update_end(&mine->syncp);
}

struct cvs_remote *cvs_remote_get(struct cvs_tunnel *tunnel, const struct in6_addr *addr,
				  struct netlink_ext_ack *extack);
struct cvs_remote *cvs_remote_add(struct cvs_tunnel *tunnel, const struct in6_addr *addr,
				  const struct cvs_remote_config *config,
				  struct netlink_ext_ack *extack);
void cvs_remote_del(struct cvs_remote *remote);
u32 cvs_remote_del_all(struct cvs_tunnel *tunnel);
void cvs_remote_get_config(const struct cvs_remote *remote, struct cvs_remote_config *config);
void cvs_remote_set_config(struct cvs_remote *remote, const struct cvs_remote_config *config);
void cvs_remote_sum(const struct cvs_remote *remote, u64 sum[CVS_REMOTE_COUNTERS]);

#endif /* CVS_REMOTE_H */
