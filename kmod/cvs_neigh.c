// SPDX-License-Identifier: GPL-2.0
#include "cvs_neigh.h"

#include <linux/jiffies.h>
#include <linux/slab.h>

#include "cvs_fdb.h"
#include "cvs_vtep.h"

/* Neighbours that a walk passes over before it lets others go first. */
#define WALK_PATIENCE	8192

/**
 * cvs_neigh_is_address() - can this be a neighbour's IP address?
 * @ip: the address
 *
 * Return: false for addresses of groups, of the host itself (loopback) and of
 * nobody.
 */
bool cvs_neigh_is_address(const struct in6_addr *ip)
{
	static const struct in6_addr loopback = IN6ADDR_LOOPBACK_INIT;

	if (cvs_vtep_is_v4(ip) && ip->s6_addr[12] == IN_LOOPBACKNET)
		return false;
	return cvs_vtep_is_unicast(ip) && !cvs_vtep_equal(ip, &loopback);
}

void cvs_neigh_note(struct cvs_neigh_change *change, const struct cvs_neigh *neigh,
		    enum cvswitch_neigh_event event)
{
	*change = (struct cvs_neigh_change) {
		.key = neigh->key,
		.event = event,
		.kind = neigh->kind,
		.router = neigh->router,
		.mac = neigh->mac,
		.owner = neigh->owner,
	};
}

/* Count a neighbour that came (1) or goes (-1). */
static void count(struct cvs_neigh_table *table, const struct cvs_neigh *neigh, int n)
{
	WRITE_ONCE(table->count[neigh->kind], table->count[neigh->kind] + n);
	if (neigh->owner)
		WRITE_ONCE(neigh->owner->neighs, neigh->owner->neighs + n);
}

/**
 * cvs_neigh_remove() - take a neighbour out
 * @table: the table, locked
 * @neigh: a neighbour that is in @table; freed after a grace period
 */
void cvs_neigh_remove(struct cvs_neigh_table *table, struct cvs_neigh *neigh)
{
	lockdep_assert_held(&table->lock);
	rhashtable_remove_fast(&table->hash, &neigh->node, cvs_neigh_params);
	xa_erase(&table->ids, neigh->id);
	count(table, neigh, -1);
	kfree_rcu(neigh, rcu);
}

/* Return: 0 or an error; then @neigh may have been seen, but is in no table. */
static int insert(struct cvs_neigh_table *table, struct cvs_neigh *neigh)
{
	int err;

	lockdep_assert_held(&table->lock);
	err = xa_alloc(&table->ids, &neigh->id, neigh, xa_limit_31b, GFP_ATOMIC | __GFP_NOWARN);
	if (err)
		return err;
	err = rhashtable_insert_fast(&table->hash, &neigh->node, cvs_neigh_params);
	if (err) {
		xa_erase(&table->ids, neigh->id);
		return err;
	}
	count(table, neigh, 1);
	return 0;
}

/* Put @neigh in the place of @old, which has the same key. Needs no memory. */
static void replace(struct cvs_neigh_table *table, struct cvs_neigh *old, struct cvs_neigh *neigh)
{
	lockdep_assert_held(&table->lock);
	neigh->id = old->id;
	rhashtable_replace_fast(&table->hash, &old->node, &neigh->node, cvs_neigh_params);
	xa_store(&table->ids, neigh->id, neigh, GFP_ATOMIC | __GFP_NOWARN);
	count(table, old, -1);
	count(table, neigh, 1);
	kfree_rcu(old, rcu);
}

/**
 * cvs_neigh_put() - put a neighbour in
 * @table: the table, locked
 * @old: the one whose place it takes, with the same key; or NULL
 * @content: what it is to be
 *
 * Return: 0, -ENOMEM or an error of the hash table; on error nothing has
 * changed.
 */
int cvs_neigh_put(struct cvs_neigh_table *table, struct cvs_neigh *old,
		  const struct cvs_neigh *content)
{
	struct cvs_neigh *neigh;
	int err;

	neigh = kmemdup(content, sizeof(*content),
			GFP_ATOMIC | __GFP_NOWARN | __GFP_ACCOUNT);
	if (!neigh)
		return -ENOMEM;
	neigh->updated = jiffies;
	if (old) {
		replace(table, old, neigh);
		return 0;
	}
	err = insert(table, neigh);
	if (err)
		kfree_rcu(neigh, rcu);
	return err;
}

/**
 * cvs_neigh_add() - add a static neighbour
 * @table: the table
 * @key: which
 * @mac: its MAC address
 * @router: it is an IPv6 router
 * @replace: also in place of a static one; in place of a learned one always
 *
 * Context: process, BH on.
 * Return: 0, -EEXIST, -ENOSPC, -ENOMEM or an error of the hash table; on error
 * nothing has changed.
 */
int cvs_neigh_add(struct cvs_neigh_table *table, const struct cvs_neigh_key *key, u64 mac,
		  bool router, bool replace)
{
	const struct cvs_neigh content = {
		.key = *key,
		.mac = mac,
		.kind = CVSWITCH_NEIGH_KIND_STATIC,
		.router = router,
	};
	struct cvs_neigh_change change;
	struct cvs_neigh *old;
	bool was_static;
	int err;

	cvs_neigh_note(&change, &content, CVSWITCH_NEIGH_EVENT_ADDED);
	rcu_read_lock();
	spin_lock_bh(&table->lock);
	old = cvs_neigh_find(table, key);
	was_static = old && old->kind == CVSWITCH_NEIGH_KIND_STATIC;
	if (old && old->mac != mac)
		change.old_mac = old->mac;
	if (was_static && !replace)
		err = -EEXIST;
	else if (!was_static &&
		 table->count[CVSWITCH_NEIGH_KIND_STATIC] >= table->config.max)
		err = -ENOSPC;
	else
		err = cvs_neigh_put(table, old, &content);
	spin_unlock_bh(&table->lock);
	if (!err)
		table->changed(table, &change);
	rcu_read_unlock();
	return err;
}

/* Context: RCU. */
bool cvs_neigh_match(const struct cvs_neigh_filter *filter, const struct cvs_neigh *neigh)
{
	return BIT(neigh->kind) & filter->kinds &&
	       (!filter->owner || filter->owner == neigh->owner) &&
	       (!filter->port || (neigh->owner && filter->port == neigh->owner->port)) &&
	       (!filter->mac || filter->mac == neigh->mac) &&
	       neigh->key.vid >= filter->vid_first && neigh->key.vid <= filter->vid_last;
}

/**
 * cvs_neigh_walk() - the next neighbour
 * @table: the table
 * @id: as in cvs_fdb_walk()
 * @filter: which neighbours
 *
 * Context: RCU.
 * Return: as cvs_fdb_walk().
 */
struct cvs_neigh *cvs_neigh_walk(struct cvs_neigh_table *table, unsigned long *id,
				 const struct cvs_neigh_filter *filter)
{
	unsigned int patience = WALK_PATIENCE;
	struct cvs_neigh *neigh;

	xa_for_each_start(&table->ids, *id, neigh, *id) {
		if (cvs_neigh_match(filter, neigh))
			return neigh;
		if (!--patience) {
			(*id)++;
			return ERR_PTR(-EAGAIN);
		}
	}
	return NULL;
}

/**
 * cvs_neigh_drop() - take a neighbour out, if it is still there as it was
 * @table: the table
 * @neigh: the neighbour
 * @age: only if it wasn't seen for so many jiffies; 0 is in any case
 * @event: why
 *
 * Context: process, BH on, RCU.
 * Return: whether it is gone.
 */
bool cvs_neigh_drop(struct cvs_neigh_table *table, struct cvs_neigh *neigh, unsigned long age,
		    enum cvswitch_neigh_event event)
{
	struct cvs_neigh_change change;
	bool gone;

	spin_lock_bh(&table->lock);
	gone = xa_load(&table->ids, neigh->id) == neigh &&
	       (!age || time_after_eq(jiffies, READ_ONCE(neigh->updated) + age));
	if (gone) {
		cvs_neigh_note(&change, neigh, event);
		cvs_neigh_remove(table, neigh);
	}
	spin_unlock_bh(&table->lock);
	if (gone)
		table->changed(table, &change);
	return gone;
}

/**
 * cvs_neigh_del() - delete a neighbour of either kind
 * @table: the table
 * @key: which
 *
 * Context: process, BH on.
 * Return: 0 or -ENOENT.
 */
int cvs_neigh_del(struct cvs_neigh_table *table, const struct cvs_neigh_key *key)
{
	struct cvs_neigh *neigh;
	bool gone = false;

	rcu_read_lock();
	/* Another one may have taken its place meanwhile. */
	do {
		neigh = cvs_neigh_find(table, key);
		if (neigh)
			gone = cvs_neigh_drop(table, neigh, 0, CVSWITCH_NEIGH_EVENT_DELETED);
	} while (neigh && !gone);
	rcu_read_unlock();
	return gone ? 0 : -ENOENT;
}

/* A walk lets others go first now and then. Context: process, RCU. */
void cvs_neigh_breathe(unsigned int *steps)
{
	if (cvs_fdb_is_long(steps)) {
		rcu_read_unlock();
		cond_resched();
		rcu_read_lock();
	}
}

/**
 * cvs_neigh_flush() - delete all neighbours that match
 * @table: the table
 * @filter: which
 *
 * A port that has none costs nothing.
 *
 * Context: process, BH on, may sleep.
 * Return: how many.
 */
u32 cvs_neigh_flush(struct cvs_neigh_table *table, const struct cvs_neigh_filter *filter)
{
	struct cvs_neigh *neigh;
	unsigned int steps = 0;
	unsigned long id;
	u32 n = 0;

	rcu_read_lock();
	xa_for_each(&table->ids, id, neigh) {
		if (filter->owner && !READ_ONCE(filter->owner->neighs))
			break;
		if (cvs_neigh_match(filter, neigh))
			n += cvs_neigh_drop(table, neigh, 0, CVSWITCH_NEIGH_EVENT_DELETED);
		cvs_neigh_breathe(&steps);
	}
	rcu_read_unlock();
	return n;
}

/**
 * cvs_neigh_init() - make an empty table
 * @table: where
 * @config: settings
 * @changed: told of each change, see &struct cvs_neigh_table
 *
 * Context: may sleep.
 * Return: 0, or the error of the hash table.
 */
int cvs_neigh_init(struct cvs_neigh_table *table, const struct cvs_neigh_config *config,
		   void (*changed)(struct cvs_neigh_table *table,
				   const struct cvs_neigh_change *change))
{
	int err;

	/* Hashed and compared as a whole. */
	BUILD_BUG_ON(sizeof(struct cvs_neigh_key) != sizeof(struct in6_addr) + sizeof(u32));

	err = rhashtable_init(&table->hash, &cvs_neigh_params);
	if (err)
		return err;
	spin_lock_init(&table->lock);
	xa_init_flags(&table->ids, XA_FLAGS_ALLOC | XA_FLAGS_LOCK_BH);
	memset(table->count, 0, sizeof(table->count));
	table->config = *config;
	INIT_DELAYED_WORK(&table->age_work, cvs_neigh_age_work);
	table->changed = changed;
	return 0;
}

/**
 * cvs_neigh_set_config() - change a table's settings
 * @table: the table
 * @config: all of them
 *
 * A table that holds more than the new maximum keeps what it has.
 *
 * Context: RTNL.
 */
void cvs_neigh_set_config(struct cvs_neigh_table *table, const struct cvs_neigh_config *config)
{
	bool sooner = config->ageing_time != table->config.ageing_time;

	WRITE_ONCE(table->config.ageing_time, config->ageing_time);
	WRITE_ONCE(table->config.max, config->max);
	WRITE_ONCE(table->config.owner_max, config->owner_max);
	if (sooner && config->ageing_time)
		mod_delayed_work(system_power_efficient_wq, &table->age_work, 0);
}

static void free_neigh(void *ptr, void *arg)
{
	kfree(ptr);
}

/**
 * cvs_neigh_destroy() - free a table and what is in it, without a word
 * @table: the table; a grace period has passed since its last reader
 *
 * Context: may sleep.
 */
void cvs_neigh_destroy(struct cvs_neigh_table *table)
{
	cancel_delayed_work_sync(&table->age_work);
	rhashtable_free_and_destroy(&table->hash, free_neigh, NULL);
	xa_destroy(&table->ids);
}
