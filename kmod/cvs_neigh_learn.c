// SPDX-License-Identifier: GPL-2.0
/* How the table of neighbours learns and forgets. */
#include "cvs_neigh.h"

#include <linux/jiffies.h>

#include "cvs_fdb.h"

/* The table is looked through this often in an ageing time. */
#define AGE_ROUNDS	8

static unsigned long ageing(const struct cvs_neigh_table *table)
{
	return READ_ONCE(table->config.ageing_time) * HZ;
}

/**
 * cvs_neigh_age_start() - have neighbours age
 * @table: the table; to be called after a learned one was added
 *
 * Context: any.
 */
void cvs_neigh_age_start(struct cvs_neigh_table *table)
{
	unsigned long time = ageing(table);

	if (time && !delayed_work_pending(&table->age_work))
		queue_delayed_work(system_power_efficient_wq, &table->age_work,
				   clamp_t(unsigned long, time / AGE_ROUNDS, HZ / 4, 10 * HZ));
}

static bool owner_has_room(const struct cvs_neigh_table *table, const struct cvs_fdb_owner *owner)
{
	return READ_ONCE(owner->neighs) < READ_ONCE(table->config.owner_max);
}

static bool has_room(const struct cvs_neigh_table *table, const struct cvs_fdb_owner *owner)
{
	return READ_ONCE(table->count[CVSWITCH_NEIGH_KIND_LEARNED]) <
	       READ_ONCE(table->config.max) && owner_has_room(table, owner);
}

enum verdict { LEARN, KNOWN, REFUSED };

/*
 * What is to be done about a sighting? Without the lock, so that what is known
 * costs a lookup, and a container that claims what it can't have takes nobody
 * else's time; and once more with it.
 */
static enum verdict judge(const struct cvs_neigh_table *table, const struct cvs_neigh *neigh,
			  const struct cvs_fdb_owner *owner,
			  const struct cvs_neigh_sighting *sighting)
{
	if (!neigh)
		return has_room(table, owner) ? LEARN : REFUSED;
	if (neigh->kind == CVSWITCH_NEIGH_KIND_STATIC)
		return neigh->mac == sighting->mac ? KNOWN : REFUSED;
	if (neigh->mac != sighting->mac)
		return sighting->override ? LEARN : REFUSED;
	if (neigh->owner != owner)
		return LEARN;
	return sighting->router == CVS_NEIGH_ROUTER_UNSAID ||
	       neigh->router == (sighting->router == CVS_NEIGH_ROUTER_YES) ? KNOWN : LEARN;
}

static void touch(struct cvs_neigh *neigh)
{
	unsigned long now = jiffies;

	if (READ_ONCE(neigh->updated) != now)
		WRITE_ONCE(neigh->updated, now);
}

static bool is_router(const struct cvs_neigh *old, const struct cvs_neigh_sighting *sighting)
{
	if (sighting->router == CVS_NEIGH_ROUTER_UNSAID)
		return old && old->mac == sighting->mac && old->router;
	return sighting->router == CVS_NEIGH_ROUTER_YES;
}

/*
 * Learn what is new. What is no longer true goes in any case, even if there is
 * no room for what is. Return: whether it was learned; @change has to be told
 * if its MAC address isn't 0.
 */
static bool learn(struct cvs_neigh_table *table, struct cvs_neigh *old,
		  struct cvs_fdb_owner *owner, const struct cvs_neigh_sighting *sighting,
		  struct cvs_neigh_change *change)
{
	const struct cvs_neigh content = {
		.key = sighting->key,
		.mac = sighting->mac,
		.owner = owner,
		.kind = CVSWITCH_NEIGH_KIND_LEARNED,
		.router = is_router(old, sighting),
	};
	bool room = !old || old->owner == owner || owner_has_room(table, owner);
	u64 old_mac = old ? old->mac : 0;

	if (old)
		cvs_neigh_note(change, old, CVSWITCH_NEIGH_EVENT_DELETED);
	if (!room || cvs_neigh_put(table, old, &content)) {
		if (old)
			cvs_neigh_remove(table, old);
		return false;
	}
	cvs_neigh_note(change, &content,
		       old ? CVSWITCH_NEIGH_EVENT_CHANGED : CVSWITCH_NEIGH_EVENT_LEARNED);
	if (old_mac != content.mac)
		change->old_mac = old_mac;
	return true;
}

/**
 * cvs_neigh_learn() - a neighbour was seen
 * @table: the table
 * @owner: the port or the remote that it was seen at
 * @sighting: what it said
 *
 * Whoever spoke last is believed, but never against a static neighbour.
 *
 * Context: RCU, BH off.
 * Return: false if a limit or a static neighbour stands against it, or there
 * is no memory.
 */
bool cvs_neigh_learn(struct cvs_neigh_table *table, struct cvs_fdb_owner *owner,
		     const struct cvs_neigh_sighting *sighting)
{
	struct cvs_neigh *neigh = cvs_neigh_find(table, &sighting->key);
	enum verdict verdict = judge(table, neigh, owner, sighting);
	struct cvs_neigh_change change = {};
	bool learned = false;

	if (verdict == KNOWN)
		touch(neigh);
	if (verdict != LEARN)
		return verdict == KNOWN;

	spin_lock_bh(&table->lock);
	neigh = cvs_neigh_find(table, &sighting->key);
	verdict = judge(table, neigh, owner, sighting);
	if (verdict == LEARN)
		learned = learn(table, neigh, owner, sighting, &change);
	spin_unlock_bh(&table->lock);

	if (change.mac) {
		table->changed(table, &change);
		cvs_neigh_age_start(table);
	}
	return learned || verdict == KNOWN;
}

/**
 * cvs_neigh_age_work() - one round through the table
 * @work: in &struct cvs_neigh_table
 *
 * Comes back as long as it meets learned neighbours.
 */
void cvs_neigh_age_work(struct work_struct *work)
{
	struct cvs_neigh_table *table = container_of(to_delayed_work(work),
						     struct cvs_neigh_table, age_work);
	unsigned long time = ageing(table);
	struct cvs_neigh *neigh;
	unsigned int steps = 0;
	bool again = false;
	unsigned long id;

	if (!time)
		return;
	rcu_read_lock();
	xa_for_each(&table->ids, id, neigh) {
		if (neigh->kind == CVSWITCH_NEIGH_KIND_LEARNED) {
			again = true;
			if (time_after_eq(jiffies, READ_ONCE(neigh->updated) + time))
				cvs_neigh_drop(table, neigh, time, CVSWITCH_NEIGH_EVENT_AGED);
		}
		cvs_neigh_breathe(&steps);
	}
	rcu_read_unlock();
	if (again)
		cvs_neigh_age_start(table);
}
