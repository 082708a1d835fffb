/* SPDX-License-Identifier: GPL-2.0 */
/* Groups: named sets of addresses or ports that rules refer to. */
#ifndef CVS_GROUP_H
#define CVS_GROUP_H

#include <linux/bitmap.h>
#include <linux/cvswitch.h>
#include <linux/in6.h>
#include <linux/rbtree.h>
#include <linux/rhashtable.h>
#include <linux/types.h>
#include <linux/xarray.h>

#include "cvs_prefix.h"

struct cvs_group_table;
struct netlink_ext_ack;

#define CVS_GROUPS_MAX		4096
#define CVS_MEMBERS_MAX		1048576
#define CVS_PORTS_ALL		65536

/* Different lengths of prefixes in a group, of IPv4 and of IPv6: for each, a lookup. */
#define CVS_GROUP_LENGTHS_MAX	33

/**
 * struct cvs_member_key - a member among those of all groups
 * @addr: IP prefix, IPv4 mapped; or a MAC address, or the first and the last of a
 *	range of ports, in its first 64 bits
 * @group: number of the group
 * @len: length of the prefix in 128 bits, or 0
 */
struct cvs_member_key {
	struct cvs_addr addr;
	u32 group;
	u32 len;
};

/**
 * struct cvs_member - a member of a group
 * @node: in the switch's hash of members
 * @key: what it is
 * @first: first port of a range
 * @last: its last one
 * @range: in its group's tree of ranges
 * @subtree_last: as interval trees have it
 * @id: its number in the group
 * @batch: among those of one request
 * @rcu: for freeing
 */
struct cvs_member {
	struct rhash_head node;
	struct cvs_member_key key;
	union {
		struct {
			struct rb_node range;
			u32 first;
			u32 last;
			u32 subtree_last;
		};
		struct rcu_head rcu;
	};
	u32 id;
	struct list_head batch;
};

/**
 * struct cvs_group - a group
 * @id: its number, for life
 * @type: what its members are
 * @lens: lengths that its prefixes have, in 128 bits; of IPv6 and of IPv4
 * @ports: the ports that are in any of its ranges, or NULL
 * @table: what it is in
 * @name: of it
 * @count: members
 * @rules: rules that refer to it; under RTNL
 * @len_count: prefixes of each length, of IPv6 and of IPv4
 * @members: by number, under RTNL
 * @ranges: ranges of ports, under RTNL
 * @node: in the switch's hash of groups
 * @rcu: for freeing
 */
struct cvs_group {
	u32 id;
	enum cvswitch_group_type type;
	unsigned long lens[2][BITS_TO_LONGS(CVS_PREFIX_HOST + 1)];
	unsigned long *ports;
	struct cvs_group_table *table;

	char name[CVSWITCH_ACL_NAME_MAX + 1];
	u32 count;
	u32 rules;
	u32 len_count[2][CVS_PREFIX_HOST + 1];
	struct xarray members;
	struct rb_root_cached ranges;
	struct rhash_head node;
	struct rcu_head rcu;
};

/**
 * struct cvs_group_table - a switch's groups
 * @members: all members of all groups, but ranges of ports; read under RCU
 * @names: groups by name, under RTNL
 * @ids: groups by number, under RTNL
 * @next_id: where the search for a free number goes on, so that one isn't used
 *	again soon
 * @count: groups
 * @member_count: members of all of them
 */
struct cvs_group_table {
	struct rhashtable members;
	struct rhashtable names;
	struct xarray ids;
	u32 next_id;
	u32 count;
	u32 member_count;
};

static const struct rhashtable_params cvs_member_params = {
	.head_offset = offsetof(struct cvs_member, node),
	.key_offset = offsetof(struct cvs_member, key),
	.key_len = sizeof_field(struct cvs_member, key),
	.automatic_shrinking = true,
};

/**
 * cvs_member_lookup() - find a prefix or a MAC address among the members
 * @table: the table
 * @key: what it is, and of which group
 *
 * Context: RCU.
 * Return: the member, valid as long as the RCU section; or NULL.
 */
static inline struct cvs_member *cvs_member_lookup(struct cvs_group_table *table,
						   const struct cvs_member_key *key)
{
	return rhashtable_lookup(&table->members, key, cvs_member_params);
}

int cvs_group_table_init(struct cvs_group_table *table);
void cvs_group_table_destroy(struct cvs_group_table *table);

struct cvs_group *cvs_group_find(struct cvs_group_table *table, const char *name);
struct cvs_group *cvs_group_next(struct cvs_group_table *table, unsigned long *id);
struct cvs_group *cvs_group_add(struct cvs_group_table *table, const char *name,
				enum cvswitch_group_type type, struct netlink_ext_ack *extack);
void cvs_group_del(struct cvs_group *group);

struct cvs_member *cvs_member_alloc(void);
void cvs_member_free_batch(struct list_head *batch);
const char *cvs_member_check(enum cvswitch_group_type type, const struct cvs_member *member);
struct cvs_member *cvs_member_find(struct cvs_group *group, const struct cvs_member *like);
int cvs_member_add(struct cvs_group *group, struct list_head *batch,
		   struct netlink_ext_ack *extack);
void cvs_member_del(struct cvs_group *group, const struct list_head *batch);
void cvs_member_flush(struct cvs_group *group);

bool cvs_group_has_ip(const struct cvs_group *group, const struct cvs_addr *addr);
bool cvs_group_has_mac(const struct cvs_group *group, u64 mac);

/* Context: RCU. */
static inline bool cvs_group_has_port(const struct cvs_group *group, u16 port)
{
	return test_bit(port, group->ports);
}

#endif /* CVS_GROUP_H */
