// SPDX-License-Identifier: GPL-2.0
/* How the FDB forgets. */
#include "cvs_fdb.h"

/* The table is looked through this often in an ageing time. */
#define AGE_ROUNDS	8

static unsigned long age_period(unsigned long ageing)
{
	return clamp_t(unsigned long, ageing / AGE_ROUNDS, HZ / 4, 10 * HZ);
}

/**
 * cvs_fdb_age_start() - have entries age
 * @fdb: the FDB; to be called after an entry that ages was added
 *
 * Context: any.
 */
void cvs_fdb_age_start(struct cvs_fdb *fdb)
{
	unsigned long ageing = READ_ONCE(fdb->ageing);

	if (ageing && !delayed_work_pending(&fdb->age_work))
		queue_delayed_work(system_power_efficient_wq, &fdb->age_work,
				   age_period(ageing));
}

/**
 * cvs_fdb_set_ageing() - change the ageing time
 * @fdb: the FDB
 * @ageing: jiffies, 0 is never
 *
 * Context: process.
 */
void cvs_fdb_set_ageing(struct cvs_fdb *fdb, unsigned long ageing)
{
	WRITE_ONCE(fdb->ageing, ageing);
	if (ageing)
		mod_delayed_work(system_power_efficient_wq, &fdb->age_work,
				 age_period(ageing));
}

static bool is_ageing(const struct cvs_fdb_entry *entry)
{
	return BIT(READ_ONCE(entry->kind)) & CVS_FDB_KINDS_AGEING;
}

static bool is_old(const struct cvs_fdb_entry *entry, unsigned long ageing)
{
	return time_after_eq(jiffies, READ_ONCE(entry->updated) + ageing);
}

static void age_entry(struct cvs_fdb *fdb, struct cvs_fdb_entry *entry,
		      unsigned long id, unsigned long ageing)
{
	struct cvs_fdb_change change;
	bool gone;

	spin_lock_bh(&fdb->lock);
	/* The address may have been seen, moved or deleted since we looked. */
	gone = xa_load(&fdb->ids, id) == entry && is_old(entry, ageing) && is_ageing(entry);
	if (gone) {
		cvs_fdb_note(&change, entry, CVSWITCH_FDB_EVENT_AGED);
		cvs_fdb_remove(fdb, entry);
	}
	spin_unlock_bh(&fdb->lock);

	if (gone)
		fdb->changed(fdb, &change);
}

/**
 * cvs_fdb_age_work() - one round through the table
 * @work: in &struct cvs_fdb
 *
 * Comes back as long as it meets entries that age.
 */
void cvs_fdb_age_work(struct work_struct *work)
{
	struct cvs_fdb *fdb = container_of(to_delayed_work(work), struct cvs_fdb, age_work);
	unsigned long ageing = READ_ONCE(fdb->ageing);
	struct cvs_fdb_entry *entry;
	unsigned int steps = 0;
	bool again = false;
	unsigned long id;

	if (!ageing)
		return;

	rcu_read_lock();
	xa_for_each(&fdb->ids, id, entry) {
		if (is_ageing(entry)) {
			again = true;
			if (is_old(entry, ageing))
				age_entry(fdb, entry, id, ageing);
		}
		if (cvs_fdb_is_long(&steps)) {
			rcu_read_unlock();
			cond_resched();
			rcu_read_lock();
		}
	}
	rcu_read_unlock();

	if (again)
		cvs_fdb_age_start(fdb);
}
