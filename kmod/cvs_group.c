// SPDX-License-Identifier: GPL-2.0
/*
 * Groups. What is done to them is done under RTNL; frames are asked for under
 * RCU. All members of all groups of a switch are in one hash, by group, length
 * and prefix: a group costs what its members do, and the question whether an
 * address is in it as many lookups as its prefixes have different lengths.
 */
#include "cvs_group.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

static const struct rhashtable_params name_params = {
	.head_offset = offsetof(struct cvs_group, node),
	.key_offset = offsetof(struct cvs_group, name),
	.key_len = sizeof_field(struct cvs_group, name),
	.automatic_shrinking = true,
};

static_assert(sizeof_field(struct cvs_group, name) % sizeof(u32) == 0);

/**
 * cvs_group_table_init() - make a table without groups
 * @table: where to
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int cvs_group_table_init(struct cvs_group_table *table)
{
	int err;

	err = rhashtable_init(&table->members, &cvs_member_params);
	if (err)
		return err;
	err = rhashtable_init(&table->names, &name_params);
	if (err) {
		rhashtable_destroy(&table->members);
		return err;
	}
	xa_init_flags(&table->ids, XA_FLAGS_ALLOC | XA_FLAGS_ACCOUNT);
	table->next_id = 0;
	table->count = 0;
	table->member_count = 0;
	return 0;
}

static void group_free(struct cvs_group *group)
{
	kvfree(group->ports);
	kfree(group);
}

static void free_rcu_group(struct rcu_head *rcu)
{
	group_free(container_of(rcu, struct cvs_group, rcu));
}

/* Take a group out of its table. Context: RTNL, or nobody else has the table. */
static void remove(struct cvs_group *group)
{
	struct cvs_group_table *table = group->table;

	cvs_member_flush(group);
	xa_destroy(&group->members);
	rhashtable_remove_fast(&table->names, &group->node, name_params);
	xa_erase(&table->ids, group->id);
	table->count--;
	call_rcu(&group->rcu, free_rcu_group);
}

/**
 * cvs_group_table_destroy() - delete all groups
 * @table: a table that no rule refers to and nobody can reach
 *
 * Context: may sleep.
 */
void cvs_group_table_destroy(struct cvs_group_table *table)
{
	struct cvs_group *group;
	unsigned long id;

	xa_for_each(&table->ids, id, group)
		remove(group);
	xa_destroy(&table->ids);
	rhashtable_destroy(&table->names);
	rhashtable_destroy(&table->members);
}

/**
 * cvs_group_find() - look a group up
 * @table: the table
 * @name: its name
 *
 * Context: RTNL.
 * Return: the group or NULL.
 */
struct cvs_group *cvs_group_find(struct cvs_group_table *table, const char *name)
{
	char key[sizeof_field(struct cvs_group, name)] = {};

	strscpy(key, name, sizeof(key));
	return rhashtable_lookup_fast(&table->names, key, name_params);
}

/* The next group by number, from *@id on. Context: RTNL. Return: or NULL. */
struct cvs_group *cvs_group_next(struct cvs_group_table *table, unsigned long *id)
{
	return xa_find(&table->ids, id, ULONG_MAX, XA_PRESENT);
}

static struct cvs_group *group_alloc(const char *name, enum cvswitch_group_type type)
{
	struct cvs_group *group = kzalloc(sizeof(*group), GFP_KERNEL_ACCOUNT);

	if (!group)
		return NULL;
	if (type == CVSWITCH_GROUP_TYPE_PORT) {
		group->ports = kvcalloc(BITS_TO_LONGS(CVS_PORTS_ALL), sizeof(long),
					GFP_KERNEL_ACCOUNT);
		if (!group->ports) {
			kfree(group);
			return NULL;
		}
	}
	group->type = type;
	strscpy(group->name, name, sizeof(group->name));
	xa_init_flags(&group->members, XA_FLAGS_ALLOC | XA_FLAGS_ACCOUNT);
	group->ranges = RB_ROOT_CACHED;
	return group;
}

/**
 * cvs_group_add() - make a group without members
 * @table: where it is to be
 * @name: its name
 * @type: what its members are
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: the group, -EEXIST, -ENOSPC, -ENOMEM or an error of the hash table.
 */
struct cvs_group *cvs_group_add(struct cvs_group_table *table, const char *name,
				enum cvswitch_group_type type, struct netlink_ext_ack *extack)
{
	struct cvs_group *group;
	int err;

	ASSERT_RTNL();
	if (cvs_group_find(table, name)) {
		NL_SET_ERR_MSG(extack, "There is a group of that name already");
		return ERR_PTR(-EEXIST);
	}
	if (table->count >= CVS_GROUPS_MAX) {
		NL_SET_ERR_MSG(extack, "Switch has its maximum of 4096 groups");
		return ERR_PTR(-ENOSPC);
	}
	group = group_alloc(name, type);
	if (!group)
		return ERR_PTR(-ENOMEM);
	group->table = table;
	err = xa_alloc_cyclic(&table->ids, &group->id, group, xa_limit_31b, &table->next_id,
			      GFP_KERNEL_ACCOUNT);
	if (err < 0)
		goto err_free;
	err = rhashtable_insert_fast(&table->names, &group->node, name_params);
	if (err)
		goto err_id;
	table->count++;
	return group;

err_id:
	xa_erase(&table->ids, group->id);
err_free:
	group_free(group);
	return ERR_PTR(err);
}

/**
 * cvs_group_del() - delete a group
 * @group: a group that no rule refers to; gone afterwards
 *
 * Context: RTNL, may sleep.
 */
void cvs_group_del(struct cvs_group *group)
{
	ASSERT_RTNL();
	WARN_ON_ONCE(group->rules);
	remove(group);
}

/**
 * cvs_group_has_ip() - is an address in a group?
 * @group: a group of IP prefixes
 * @addr: the address, IPv4 mapped
 *
 * Context: RCU.
 * Return: true if any of its prefixes has it.
 */
bool cvs_group_has_ip(const struct cvs_group *group, const struct cvs_addr *addr)
{
	const unsigned long *lens = group->lens[cvs_addr_is_mapped(addr)];
	struct cvs_member_key key = { .group = group->id };
	struct cvs_addr mask;
	unsigned int len;

	for_each_set_bit(len, lens, CVS_PREFIX_HOST + 1) {
		mask = cvs_prefix_mask(len);
		key.addr = (struct cvs_addr){ addr->hi & mask.hi, addr->lo & mask.lo };
		key.len = len;
		if (cvs_member_lookup(group->table, &key))
			return true;
	}
	return false;
}

/**
 * cvs_group_has_mac() - is an address in a group?
 * @group: a group of MAC addresses
 * @mac: the address
 *
 * Context: RCU.
 * Return: true if it is.
 */
bool cvs_group_has_mac(const struct cvs_group *group, u64 mac)
{
	struct cvs_member_key key = { .addr.hi = mac, .group = group->id };

	return cvs_member_lookup(group->table, &key);
}
