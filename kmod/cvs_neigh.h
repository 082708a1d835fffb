/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Neighbours: which MAC address an IP address belongs to, as far as the switch
 * knows it, to answer in the neighbour's place.
 *
 * Knows nothing of ports but their &struct cvs_fdb_owner, as the FDB does.
 */
#ifndef CVS_NEIGH_H
#define CVS_NEIGH_H

#include <linux/cvswitch.h>
#include <linux/in6.h>
#include <linux/rhashtable.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

struct cvs_fdb_owner;
struct cvs_port;

#define CVS_NEIGH_KINDS		(CVSWITCH_NEIGH_KIND_STATIC + 1)
#define CVS_NEIGH_KINDS_ALL \
	(BIT(CVSWITCH_NEIGH_KIND_LEARNED) | BIT(CVSWITCH_NEIGH_KIND_STATIC))

/**
 * struct cvs_neigh_key - which neighbour
 * @ip: its IP address, an IPv4 address as cvs_vtep_set_v4() has it
 * @vid: its VLAN, 0 in a switch that ignores VLANs
 */
struct cvs_neigh_key {
	struct in6_addr ip;
	u32 vid;
};

/**
 * struct cvs_neigh - a neighbour
 * @key: which
 * @node: in the hash table
 * @mac: its MAC address
 * @owner: who it was learned from; NULL for a static one
 * @updated: jiffies when it was last seen, lock-free
 * @id: in the table by number
 * @kind: &enum cvswitch_neigh_kind
 * @router: it is an IPv6 router, and says so
 * @rcu: for freeing
 *
 * But for @updated it is never changed once readers have it: another one takes
 * its place.
 */
struct cvs_neigh {
	struct cvs_neigh_key key;
	struct rhash_head node;
	u64 mac;
	struct cvs_fdb_owner *owner;
	unsigned long updated;
	u32 id;
	u8 kind;
	bool router;
	struct rcu_head rcu;
};

enum cvs_neigh_router {
	CVS_NEIGH_ROUTER_NO,
	CVS_NEIGH_ROUTER_YES,
	CVS_NEIGH_ROUTER_UNSAID,
};

/**
 * struct cvs_neigh_sighting - a neighbour says who it is
 * @key: which
 * @mac: its MAC address
 * @router: whether it says to be a router
 * @override: it is to be believed even if something else is known
 */
struct cvs_neigh_sighting {
	struct cvs_neigh_key key;
	u64 mac;
	enum cvs_neigh_router router;
	bool override;
};

/**
 * struct cvs_neigh_change - what happened to a neighbour
 * @key: which
 * @event: what happened
 * @kind: of the neighbour
 * @router: of the neighbour
 * @mac: its MAC address
 * @old_mac: the one before, if it has another one now; or 0
 * @owner: who it was learned from, or NULL
 */
struct cvs_neigh_change {
	struct cvs_neigh_key key;
	enum cvswitch_neigh_event event;
	enum cvswitch_neigh_kind kind;
	bool router;
	u64 mac;
	u64 old_mac;
	struct cvs_fdb_owner *owner;
};

/**
 * struct cvs_neigh_config - settings of a table
 * @ageing_time: seconds after which a learned neighbour that wasn't seen goes;
 *	0 is never
 * @max: most learned neighbours, and as many may be static
 * @owner_max: most neighbours learned from one port or remote
 */
struct cvs_neigh_config {
	u32 ageing_time;
	u32 max;
	u32 owner_max;
};

/**
 * struct cvs_neigh_table - a switch's neighbours
 * @hash: by key, read under RCU
 * @lock: for all changes; taken with BH off, the innermost but those of
 *	@hash and @ids
 * @ids: by number, as in &struct cvs_fdb
 * @count: how many, by kind
 * @config: settings, each read at any time; written under RTNL
 * @age_work: makes learned ones go; runs while there may be some
 * @changed: told of each change, outside the lock, under RCU
 */
struct cvs_neigh_table {
	struct rhashtable hash;
	spinlock_t lock;	/* for all changes, BH off */
	struct xarray ids;
	u32 count[CVS_NEIGH_KINDS];
	struct cvs_neigh_config config;
	struct delayed_work age_work;
	void (*changed)(struct cvs_neigh_table *table, const struct cvs_neigh_change *change);
};

/**
 * struct cvs_neigh_filter - which neighbours a walk is about
 * @owner: only what was learned from this port or remote, or NULL
 * @port: only what was learned by this port, or NULL
 * @mac: only those with this MAC address, or 0
 * @vid_first: only those of VLANs from this one on
 * @vid_last: and up to this one; VLAN_N_VID - 1 for all
 * @kinds: bits of &enum cvswitch_neigh_kind
 */
struct cvs_neigh_filter {
	const struct cvs_fdb_owner *owner;
	const struct cvs_port *port;
	u64 mac;
	u16 vid_first;
	u16 vid_last;
	unsigned long kinds;
};

static const struct rhashtable_params cvs_neigh_params = {
	.head_offset = offsetof(struct cvs_neigh, node),
	.key_offset = offsetof(struct cvs_neigh, key),
	.key_len = sizeof_field(struct cvs_neigh, key),
	.automatic_shrinking = true,
};

/**
 * cvs_neigh_find() - look a neighbour up
 * @table: the table
 * @key: which
 *
 * Context: RCU.
 * Return: the neighbour, valid as long as the RCU section; or NULL.
 */
static inline struct cvs_neigh *cvs_neigh_find(struct cvs_neigh_table *table,
					       const struct cvs_neigh_key *key)
{
	return rhashtable_lookup(&table->hash, key, cvs_neigh_params);
}

int cvs_neigh_init(struct cvs_neigh_table *table, const struct cvs_neigh_config *config,
		   void (*changed)(struct cvs_neigh_table *table,
				   const struct cvs_neigh_change *change));
void cvs_neigh_destroy(struct cvs_neigh_table *table);
void cvs_neigh_set_config(struct cvs_neigh_table *table, const struct cvs_neigh_config *config);

bool cvs_neigh_is_address(const struct in6_addr *ip);
bool cvs_neigh_learn(struct cvs_neigh_table *table, struct cvs_fdb_owner *owner,
		     const struct cvs_neigh_sighting *sighting);
int cvs_neigh_add(struct cvs_neigh_table *table, const struct cvs_neigh_key *key, u64 mac,
		  bool router, bool replace);
int cvs_neigh_del(struct cvs_neigh_table *table, const struct cvs_neigh_key *key);
u32 cvs_neigh_flush(struct cvs_neigh_table *table, const struct cvs_neigh_filter *filter);

bool cvs_neigh_match(const struct cvs_neigh_filter *filter, const struct cvs_neigh *neigh);
struct cvs_neigh *cvs_neigh_walk(struct cvs_neigh_table *table, unsigned long *id,
				 const struct cvs_neigh_filter *filter);

void cvs_neigh_age_work(struct work_struct *work);

/* For the files of the table alone. */
void cvs_neigh_age_start(struct cvs_neigh_table *table);
void cvs_neigh_note(struct cvs_neigh_change *change, const struct cvs_neigh *neigh,
		    enum cvswitch_neigh_event event);
int cvs_neigh_put(struct cvs_neigh_table *table, struct cvs_neigh *old,
		  const struct cvs_neigh *content);
void cvs_neigh_remove(struct cvs_neigh_table *table, struct cvs_neigh *neigh);
bool cvs_neigh_drop(struct cvs_neigh_table *table, struct cvs_neigh *neigh, unsigned long age,
		    enum cvswitch_neigh_event event);
void cvs_neigh_breathe(unsigned int *steps);

#endif /* CVS_NEIGH_H */
