// SPDX-License-Identifier: GPL-2.0
#include "cvs_fdb.h"

#include <linux/slab.h>

/* Entries that a walk passes over before it lets others go first. */
#define WALK_PATIENCE	8192

static struct kmem_cache *entry_cache;

/**
 * cvs_fdb_cache_init() - prepare for FDBs, at module load
 *
 * Return: 0 or -ENOMEM.
 */
int cvs_fdb_cache_init(void)
{
	BUILD_BUG_ON(IS_ENABLED(CONFIG_64BIT) && sizeof(struct cvs_fdb_entry) != 64);

	entry_cache = kmem_cache_create("cvswitch_fdb", sizeof(struct cvs_fdb_entry),
					0, SLAB_HWCACHE_ALIGN | SLAB_ACCOUNT, NULL);
	return entry_cache ? 0 : -ENOMEM;
}

/* Context: after the last FDB's destruction. */
void cvs_fdb_cache_exit(void)
{
	/* Entries, and the ports they were at, are freed by RCU callbacks. */
	rcu_barrier();
	kmem_cache_destroy(entry_cache);
}

/**
 * cvs_fdb_init() - make an empty FDB
 * @fdb: where
 * @max: most entries
 * @ageing: jiffies, 0 is never
 * @changed: told of each change, see &struct cvs_fdb
 *
 * Context: may sleep.
 * Return: 0, or the error of the hash table.
 */
int cvs_fdb_init(struct cvs_fdb *fdb, u32 max, unsigned long ageing,
		 void (*changed)(struct cvs_fdb *fdb,
				 const struct cvs_fdb_change *change))
{
	int err;

	err = rhashtable_init(&fdb->hash, &cvs_fdb_params);
	if (err)
		return err;
	spin_lock_init(&fdb->lock);
	xa_init_flags(&fdb->ids, XA_FLAGS_ALLOC | XA_FLAGS_LOCK_BH);
	fdb->count = 0;
	fdb->max = max;
	fdb->ageing = ageing;
	INIT_DELAYED_WORK(&fdb->age_work, cvs_fdb_age_work);
	fdb->changed = changed;
	return 0;
}

static void entry_free(void *ptr, void *arg)
{
	kmem_cache_free(entry_cache, ptr);
}

/**
 * cvs_fdb_destroy() - free an FDB and what is in it, without a word
 * @fdb: the FDB; a grace period has passed since its last reader
 *
 * Context: may sleep.
 */
void cvs_fdb_destroy(struct cvs_fdb *fdb)
{
	cancel_delayed_work_sync(&fdb->age_work);
	rhashtable_free_and_destroy(&fdb->hash, entry_free, NULL);
	xa_destroy(&fdb->ids);
}

void cvs_fdb_note(struct cvs_fdb_change *change, const struct cvs_fdb_entry *entry,
		  enum cvswitch_fdb_event event)
{
	change->key = entry->key;
	change->event = event;
	change->kind = entry->kind;
	change->moves = entry->moves;
	change->owner = entry->owner;
	change->old_owner = NULL;
}

static bool is_ageing(const struct cvs_fdb_entry *entry)
{
	return BIT(entry->kind) & CVS_FDB_KINDS_AGEING;
}

/**
 * cvs_fdb_give() - an entry comes to a port
 * @entry: an entry that counts at no port, with its kind set; locked. Readers
 *	may have it already, so a new one has its port set before.
 * @owner: the port
 */
void cvs_fdb_give(struct cvs_fdb_entry *entry, struct cvs_fdb_owner *owner)
{
	WRITE_ONCE(entry->owner, owner);
	WRITE_ONCE(owner->entries, owner->entries + 1);
	if (is_ageing(entry))
		WRITE_ONCE(owner->count, owner->count + 1);
	rcu_assign_pointer(owner->last, entry);
}

/**
 * cvs_fdb_take() - an entry leaves its port
 * @entry: the entry, locked
 */
void cvs_fdb_take(struct cvs_fdb_entry *entry)
{
	struct cvs_fdb_owner *owner = entry->owner;

	if (rcu_access_pointer(owner->last) == entry)
		RCU_INIT_POINTER(owner->last, NULL);
	if (is_ageing(entry))
		WRITE_ONCE(owner->count, owner->count - 1);
	WRITE_ONCE(owner->entries, owner->entries - 1);
}

static void entry_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(entry_cache, container_of(rcu, struct cvs_fdb_entry, rcu));
}

/**
 * cvs_fdb_insert() - put a new entry in
 * @fdb: the FDB, locked
 * @owner: where the address is
 * @key: a key that isn't in @fdb
 * @kind: not local
 *
 * Return: the entry, or -ENOSPC, -ENOMEM or an error of the hash table.
 */
struct cvs_fdb_entry *cvs_fdb_insert(struct cvs_fdb *fdb, struct cvs_fdb_owner *owner,
				     u64 key, enum cvswitch_fdb_kind kind)
{
	struct cvs_fdb_entry *entry;
	int err;

	lockdep_assert_held(&fdb->lock);

	if (fdb->count >= fdb->max)
		return ERR_PTR(-ENOSPC);

	entry = kmem_cache_zalloc(entry_cache, GFP_ATOMIC | __GFP_NOWARN);
	if (!entry)
		return ERR_PTR(-ENOMEM);
	entry->key = key;
	entry->owner = owner;
	entry->updated = jiffies;
	entry->window = jiffies;
	entry->kind = kind;

	err = xa_alloc(&fdb->ids, &entry->id, entry, xa_limit_31b,
		       GFP_ATOMIC | __GFP_NOWARN);
	if (err)
		goto err_free;
	err = rhashtable_insert_fast(&fdb->hash, &entry->node, cvs_fdb_params);
	if (err)
		goto err_erase;

	WRITE_ONCE(fdb->count, fdb->count + 1);
	cvs_fdb_give(entry, owner);
	return entry;

err_erase:
	xa_erase(&fdb->ids, entry->id);
err_free:
	/* A walk may have seen it by its number. */
	call_rcu(&entry->rcu, entry_free_rcu);
	return ERR_PTR(err);
}

/**
 * cvs_fdb_remove() - take an entry out
 * @fdb: the FDB, locked
 * @entry: an entry that is in @fdb; freed after a grace period
 */
void cvs_fdb_remove(struct cvs_fdb *fdb, struct cvs_fdb_entry *entry)
{
	lockdep_assert_held(&fdb->lock);

	rhashtable_remove_fast(&fdb->hash, &entry->node, cvs_fdb_params);
	xa_erase(&fdb->ids, entry->id);
	WRITE_ONCE(fdb->count, fdb->count - 1);
	cvs_fdb_take(entry);
	call_rcu(&entry->rcu, entry_free_rcu);
}

/**
 * cvs_fdb_add() - add an entry by request
 * @fdb: the FDB
 * @owner: where the address is
 * @key: see cvs_fdb_key()
 * @kind: static or sticky
 * @replace: also in place of a static or sticky entry; in place of a learned
 *	one always
 *
 * Context: process, BH on.
 * Return: 0, -EEXIST, -ENOSPC, -ENOMEM or an error of the hash table; on error
 * nothing has changed.
 */
int cvs_fdb_add(struct cvs_fdb *fdb, struct cvs_fdb_owner *owner, u64 key,
		enum cvswitch_fdb_kind kind, bool replace)
{
	struct cvs_fdb_change change;
	struct cvs_fdb_entry *entry;
	int err = 0;

	rcu_read_lock();
	spin_lock_bh(&fdb->lock);
	entry = cvs_fdb_find(fdb, key);
	if (entry && entry->kind != CVSWITCH_FDB_KIND_LEARNED && !replace) {
		err = -EEXIST;
		goto unlock;
	}

	if (!entry) {
		entry = cvs_fdb_insert(fdb, owner, key, kind);
		if (IS_ERR(entry)) {
			err = PTR_ERR(entry);
			goto unlock;
		}
	} else {
		cvs_fdb_take(entry);
		WRITE_ONCE(entry->kind, kind);
		WRITE_ONCE(entry->updated, jiffies);
		WRITE_ONCE(entry->recent, 0);
		cvs_fdb_give(entry, owner);
	}
	cvs_fdb_note(&change, entry, CVSWITCH_FDB_EVENT_ADDED);
unlock:
	spin_unlock_bh(&fdb->lock);
	if (!err) {
		fdb->changed(fdb, &change);
		if (BIT(kind) & CVS_FDB_KINDS_AGEING)
			cvs_fdb_age_start(fdb);
	}
	rcu_read_unlock();
	return err;
}

/**
 * cvs_fdb_del() - delete an entry by request
 * @fdb: the FDB
 * @key: see cvs_fdb_key()
 *
 * Context: process, BH on.
 * Return: 0 or -ENOENT.
 */
int cvs_fdb_del(struct cvs_fdb *fdb, u64 key)
{
	struct cvs_fdb_change change;
	struct cvs_fdb_entry *entry;
	int err = -ENOENT;

	rcu_read_lock();
	spin_lock_bh(&fdb->lock);
	entry = cvs_fdb_find(fdb, key);
	if (entry) {
		cvs_fdb_note(&change, entry, CVSWITCH_FDB_EVENT_DELETED);
		cvs_fdb_remove(fdb, entry);
		err = 0;
	}
	spin_unlock_bh(&fdb->lock);
	if (!err)
		fdb->changed(fdb, &change);
	rcu_read_unlock();
	return err;
}

/* Does the filter let the entry through? Context: RCU. */
bool cvs_fdb_match(const struct cvs_fdb_filter *filter, const struct cvs_fdb_entry *entry)
{
	u16 vid = cvs_fdb_key_vid(entry->key);

	return BIT(READ_ONCE(entry->kind)) & filter->kinds &&
	       (!filter->owner || filter->owner == READ_ONCE(entry->owner)) &&
	       (!filter->port || filter->port == READ_ONCE(entry->owner)->port) &&
	       (!filter->mac || filter->mac == (entry->key & CVS_MAC_MASK)) &&
	       vid >= filter->vid_first && vid <= filter->vid_last;
}

/**
 * cvs_fdb_walk() - the next entry
 * @fdb: the FDB
 * @id: where to look first; 0 to begin, one more than what was found to go
 *	on. Set to the number of the entry found.
 * @filter: which entries
 *
 * A walk in several RCU sections meets every entry that is there all the
 * time, and none twice.
 *
 * Context: RCU.
 * Return: the entry; NULL when there is none left; -EAGAIN after many entries
 * that don't match, for the caller to let others go first and then go on.
 */
struct cvs_fdb_entry *cvs_fdb_walk(struct cvs_fdb *fdb, unsigned long *id,
				   const struct cvs_fdb_filter *filter)
{
	unsigned int patience = WALK_PATIENCE;
	struct cvs_fdb_entry *entry;

	if (filter->owner && !READ_ONCE(filter->owner->entries))
		return NULL;
	xa_for_each_start(&fdb->ids, *id, entry, *id) {
		if (cvs_fdb_match(filter, entry))
			return entry;
		if (!--patience) {
			(*id)++;
			return ERR_PTR(-EAGAIN);
		}
	}
	return NULL;
}

/* Return: whether the entry was there, and is gone. */
static bool flush_entry(struct cvs_fdb *fdb, struct cvs_fdb_entry *entry, unsigned long id,
			const struct cvs_fdb_filter *filter)
{
	struct cvs_fdb_change change;
	bool found;

	spin_lock_bh(&fdb->lock);
	/* Still there, and still what was asked for? */
	found = xa_load(&fdb->ids, id) == entry && cvs_fdb_match(filter, entry);
	if (found) {
		cvs_fdb_note(&change, entry, CVSWITCH_FDB_EVENT_DELETED);
		cvs_fdb_remove(fdb, entry);
	}
	spin_unlock_bh(&fdb->lock);

	if (found)
		fdb->changed(fdb, &change);
	return found;
}

/**
 * cvs_fdb_flush() - delete all entries that match
 * @fdb: the FDB
 * @filter: which
 *
 * Ends with the last entry of a port that is asked for, so that a port with
 * none costs nothing.
 *
 * Context: process, BH on, may sleep.
 * Return: how many.
 */
u32 cvs_fdb_flush(struct cvs_fdb *fdb, const struct cvs_fdb_filter *filter)
{
	struct cvs_fdb_entry *entry;
	unsigned int steps = 0;
	unsigned long id;
	u32 n = 0;

	rcu_read_lock();
	xa_for_each(&fdb->ids, id, entry) {
		if (filter->owner && !READ_ONCE(filter->owner->entries))
			break;
		if (cvs_fdb_match(filter, entry))
			n += flush_entry(fdb, entry, id, filter);
		if (cvs_fdb_is_long(&steps)) {
			rcu_read_unlock();
			cond_resched();
			rcu_read_lock();
		}
	}
	rcu_read_unlock();
	return n;
}
