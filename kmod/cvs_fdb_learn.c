// SPDX-License-Identifier: GPL-2.0
/* How the FDB learns, and what it refuses to. */
#include "cvs_fdb.h"

/* Is an address that moved @recent times since @window held where it is? */
static bool is_held(u8 recent, unsigned long window)
{
	return recent > CVS_FDB_MOVES_MAX &&
	       time_before(jiffies, window + CVS_FDB_DAMP_TIME);
}

/**
 * cvs_fdb_is_damped() - is the address held where it is?
 * @entry: the entry
 *
 * Context: RCU; without the lock it is as of a moment ago.
 * Return: the answer.
 */
bool cvs_fdb_is_damped(const struct cvs_fdb_entry *entry)
{
	return is_held(READ_ONCE(entry->recent), READ_ONCE(entry->window));
}

/*
 * Count a move that is about to happen. Return: false if it may not; @first
 * says whether that is news.
 */
static bool count_move(struct cvs_fdb_entry *entry, bool *first)
{
	*first = false;
	if (is_held(entry->recent, entry->window))
		return false;

	if (entry->recent > CVS_FDB_MOVES_MAX ||
	    time_after(jiffies, entry->window + CVS_FDB_MOVES_WINDOW)) {
		WRITE_ONCE(entry->window, jiffies);
		WRITE_ONCE(entry->recent, 0);
	}
	WRITE_ONCE(entry->recent, entry->recent + 1);
	if (entry->recent > CVS_FDB_MOVES_MAX) {
		WRITE_ONCE(entry->window, jiffies);
		*first = true;
		return false;
	}
	return true;
}

static bool has_room(const struct cvs_fdb_owner *owner)
{
	u32 max = READ_ONCE(owner->max);

	return !max || READ_ONCE(owner->count) < max;
}

static void move(struct cvs_fdb_entry *entry, struct cvs_fdb_owner *to)
{
	cvs_fdb_take(entry);
	cvs_fdb_give(entry, to);
	WRITE_ONCE(entry->updated, jiffies);
	if (entry->moves < U16_MAX)
		WRITE_ONCE(entry->moves, entry->moves + 1);
}

/* Return: whether there is a change to tell of. */
static bool learn_moved(struct cvs_fdb_entry *entry, struct cvs_fdb_owner *owner,
			struct cvs_fdb_change *change, bool *learned)
{
	struct cvs_fdb_owner *old = entry->owner;
	bool first;

	*learned = false;
	if (entry->kind != CVSWITCH_FDB_KIND_LEARNED || !has_room(owner))
		return false;

	if (count_move(entry, &first)) {
		move(entry, owner);
		cvs_fdb_note(change, entry, CVSWITCH_FDB_EVENT_MOVED);
		*learned = true;
	} else if (first) {
		cvs_fdb_note(change, entry, CVSWITCH_FDB_EVENT_DAMPED);
		change->owner = owner;
	} else {
		return false;
	}
	change->old_owner = old;
	return true;
}

/*
 * Would learning be refused, as far as can be told without the lock? Then a
 * container that keeps trying takes nobody else's time.
 */
static bool is_hopeless(struct cvs_fdb *fdb, const struct cvs_fdb_owner *owner, u64 key)
{
	const struct cvs_fdb_entry *entry = cvs_fdb_find(fdb, key);

	if (!entry)
		return READ_ONCE(fdb->count) >= READ_ONCE(fdb->max) || !has_room(owner);
	if (READ_ONCE(entry->owner) == owner)
		return false;
	return READ_ONCE(entry->kind) != CVSWITCH_FDB_KIND_LEARNED ||
	       cvs_fdb_is_damped(entry) || !has_room(owner);
}

/**
 * cvs_fdb_learn() - an address was seen at a port, and not where it was known
 * @fdb: the FDB
 * @owner: the port
 * @key: see cvs_fdb_key(); a valid unicast address
 *
 * Static entries and sticky ones at another port stay as they are, and so
 * does an address that moves too often.
 *
 * Context: RCU, BH off.
 * Return: whether the FDB knows the address at the port now.
 */
bool cvs_fdb_learn(struct cvs_fdb *fdb, struct cvs_fdb_owner *owner, u64 key)
{
	struct cvs_fdb_change change;
	struct cvs_fdb_entry *entry;
	bool changed = false, learned = true;

	if (is_hopeless(fdb, owner, key))
		return false;

	spin_lock_bh(&fdb->lock);
	entry = cvs_fdb_find(fdb, key);
	if (!entry) {
		entry = has_room(owner) ?
			cvs_fdb_insert(fdb, owner, key, CVSWITCH_FDB_KIND_LEARNED) :
			ERR_PTR(-ENOSPC);
		if (IS_ERR(entry)) {
			learned = false;
		} else {
			cvs_fdb_note(&change, entry, CVSWITCH_FDB_EVENT_LEARNED);
			changed = true;
		}
	} else if (entry->owner != owner) {
		changed = learn_moved(entry, owner, &change, &learned);
	} else {
		cvs_fdb_touch(entry);
	}
	spin_unlock_bh(&fdb->lock);

	if (changed) {
		fdb->changed(fdb, &change);
		cvs_fdb_age_start(fdb);
	}
	return learned;
}
