// SPDX-License-Identifier: GPL-2.0
/* What is in groups: prefixes and MAC addresses in a hash, ranges of ports in a map of bits. */
#include <linux/delay.h>
#include <linux/interval_tree_generic.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "cvs_group.h"
#include "cvs_key.h"

/* How often an insertion is tried again that met a hash which is about to grow. */
#define BUSY_TRIES	100

#define FIRST(member)	((member)->first)
#define LAST(member)	((member)->last)

INTERVAL_TREE_DEFINE(struct cvs_member, range, u32, subtree_last, FIRST, LAST,
		     static __maybe_unused, ranges)

struct cvs_member *cvs_member_alloc(void)
{
	struct cvs_member *member = kzalloc(sizeof(*member), GFP_KERNEL_ACCOUNT);

	if (member)
		INIT_LIST_HEAD(&member->batch);
	return member;
}

/* Free members that are in no group. */
void cvs_member_free_batch(struct list_head *batch)
{
	struct cvs_member *member, *next;

	list_for_each_entry_safe(member, next, batch, batch)
		kfree(member);
	INIT_LIST_HEAD(batch);
}

/**
 * cvs_member_check() - can this be a member?
 * @type: of the group
 * @member: what is to be in it
 *
 * Return: NULL, or a sentence that says what is wrong, and lives for ever.
 */
const char *cvs_member_check(enum cvswitch_group_type type, const struct cvs_member *member)
{
	switch (type) {
	case CVSWITCH_GROUP_TYPE_IP:
		if (!cvs_prefix_is_exact(&member->key.addr, member->key.len))
			return "The address has bits behind its prefix length";
		return NULL;
	case CVSWITCH_GROUP_TYPE_MAC:
		return member->key.addr.hi ? NULL : "A MAC address of zeroes";
	case CVSWITCH_GROUP_TYPE_PORT:
		if (member->first > member->last)
			return "A range of ports that ends before it begins";
		return NULL;
	}
	return "A member of no known type";
}

static struct cvs_member_key key_of(const struct cvs_group *group,
				    const struct cvs_member *member)
{
	struct cvs_member_key key = member->key;

	if (group->type == CVSWITCH_GROUP_TYPE_PORT)
		key.addr.hi = (u64)member->first << 32 | member->last;
	key.group = group->id;
	return key;
}

/**
 * cvs_member_find() - find a member
 * @group: the group
 * @like: one that says the same
 *
 * Context: RTNL.
 * Return: the member of @group, or NULL.
 */
struct cvs_member *cvs_member_find(struct cvs_group *group, const struct cvs_member *like)
{
	struct cvs_member_key key = key_of(group, like);

	return rhashtable_lookup_fast(&group->table->members, &key, cvs_member_params);
}

static unsigned int len_class(const struct cvs_member *member)
{
	return cvs_prefix_is_v4(&member->key.addr, member->key.len);
}

/* A prefix of this length is there (1), or one less (-1). */
static void count_len(struct cvs_group *group, const struct cvs_member *member, int n)
{
	unsigned int class = len_class(member), len = member->key.len;

	group->len_count[class][len] += n;
	/* Set before the first is there, cleared after the last has gone. */
	assign_bit(len, group->lens[class], group->len_count[class][len]);
}

/*
 * Have what no other range has leave the map of ports. @member is in no tree. Each
 * step goes beyond a range, however many lie upon one another.
 */
static void clear_ports(struct cvs_group *group, const struct cvs_member *member)
{
	const struct cvs_member *other;
	u32 at;

	for (at = member->first; at <= member->last; at = other->last + 1) {
		other = ranges_iter_first(&group->ranges, at, member->last);
		if (!other) {
			bitmap_clear(group->ports, at, member->last - at + 1);
			return;
		}
		if (other->first > at)
			bitmap_clear(group->ports, at, other->first - at);
	}
}

/* Would a prefix be of one length more than frames may be made to look for? */
static bool has_all_lengths(const struct cvs_group *group, const struct cvs_member *member)
{
	const unsigned long *lens = group->lens[len_class(member)];

	return group->type == CVSWITCH_GROUP_TYPE_IP && !test_bit(member->key.len, lens) &&
	       bitmap_weight(lens, CVS_PREFIX_HOST + 1) >= CVS_GROUP_LENGTHS_MAX;
}

static void count(struct cvs_group *group, int n)
{
	group->count += n;
	group->table->member_count += n;
}

/* The hash grows in the background, and now and then has to be waited for. */
static int hash(struct cvs_group *group, struct cvs_member *member)
{
	int tries, err = -EBUSY;

	for (tries = 0; err == -EBUSY && tries < BUSY_TRIES; tries++) {
		if (tries)
			usleep_range(1000, 2000);
		err = rhashtable_insert_fast(&group->table->members, &member->node,
					     cvs_member_params);
	}
	return err;
}

/* Return: 0 or an error; then it is in no table and may have been seen. */
static int insert(struct cvs_group *group, struct cvs_member *member)
{
	int err;

	err = xa_alloc(&group->members, &member->id, member, xa_limit_31b, GFP_KERNEL_ACCOUNT);
	if (err)
		return err;
	member->key = key_of(group, member);
	if (group->type == CVSWITCH_GROUP_TYPE_IP)
		count_len(group, member, 1);
	err = hash(group, member);
	if (err) {
		if (group->type == CVSWITCH_GROUP_TYPE_IP)
			count_len(group, member, -1);
		xa_erase(&group->members, member->id);
		return err;
	}
	if (group->type == CVSWITCH_GROUP_TYPE_PORT) {
		ranges_insert(member, &group->ranges);
		bitmap_set(group->ports, member->first, member->last - member->first + 1);
	}
	count(group, 1);
	return 0;
}

/* Take a member out and free it, once nobody sees it. */
static void remove(struct cvs_group *group, struct cvs_member *member)
{
	xa_erase(&group->members, member->id);
	count(group, -1);
	if (group->type == CVSWITCH_GROUP_TYPE_PORT) {
		ranges_remove(member, &group->ranges);
		clear_ports(group, member);
	}
	rhashtable_remove_fast(&group->table->members, &member->node, cvs_member_params);
	if (group->type == CVSWITCH_GROUP_TYPE_IP)
		count_len(group, member, -1);
	kfree_rcu(member, rcu);
}

/* Take out again what a request put in, before it failed. */
static void undo(struct cvs_group *group, struct list_head *added)
{
	struct cvs_member *member, *next;

	list_for_each_entry_safe(member, next, added, batch) {
		remove(group, member);
		cond_resched();
	}
}

/**
 * cvs_member_add() - add members to a group
 * @group: the group
 * @batch: members that cvs_member_check() has nothing against; those that were
 *	there already are left in it, the others are the group's
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, -ENOSPC, -ENOMEM or an error of the hash table; on error nothing
 * has changed, but what @batch had may be gone.
 */
int cvs_member_add(struct cvs_group *group, struct list_head *batch,
		   struct netlink_ext_ack *extack)
{
	struct cvs_member *member, *next;
	LIST_HEAD(added);
	int err;

	ASSERT_RTNL();
	list_for_each_entry_safe(member, next, batch, batch) {
		cond_resched();
		if (cvs_member_find(group, member))
			continue;
		if (group->table->member_count >= CVS_MEMBERS_MAX) {
			NL_SET_ERR_MSG(extack, "Groups have their maximum of 1048576 members");
			err = -ENOSPC;
			goto err_undo;
		}
		if (has_all_lengths(group, member)) {
			NL_SET_ERR_MSG(extack, "Group has prefixes of 33 lengths already");
			err = -ENOSPC;
			goto err_undo;
		}
		err = insert(group, member);
		if (err) {
			list_del(&member->batch);
			kfree_rcu(member, rcu);
			goto err_undo;
		}
		list_move_tail(&member->batch, &added);
	}
	list_for_each_entry_safe(member, next, &added, batch)
		list_del_init(&member->batch);
	return 0;

err_undo:
	undo(group, &added);
	return err;
}

/**
 * cvs_member_del() - remove members from a group
 * @group: the group
 * @batch: what like members to remove; what isn't there is passed over
 *
 * Context: RTNL, may sleep.
 */
void cvs_member_del(struct cvs_group *group, const struct list_head *batch)
{
	const struct cvs_member *like;
	struct cvs_member *member;

	ASSERT_RTNL();
	list_for_each_entry(like, batch, batch) {
		cond_resched();
		member = cvs_member_find(group, like);
		if (member)
			remove(group, member);
	}
}

/**
 * cvs_member_flush() - remove all members of a group
 * @group: the group
 *
 * Context: RTNL, or nobody else has the group; may sleep.
 */
void cvs_member_flush(struct cvs_group *group)
{
	struct cvs_member *member;
	unsigned long id;

	xa_for_each(&group->members, id, member) {
		remove(group, member);
		cond_resched();
	}
}
