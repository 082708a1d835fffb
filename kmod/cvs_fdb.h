/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The forwarding database: which port an address is at.
 *
 * Knows nothing of ports but that each embeds a &struct cvs_fdb_owner, and
 * nothing of who wants to hear of a change.
 */
#ifndef CVS_FDB_H
#define CVS_FDB_H

#include <linux/cvswitch.h>
#include <linux/if_vlan.h>
#include <linux/jiffies.h>
#include <linux/rhashtable.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "cvs_key.h"

struct cvs_fdb_entry;
struct cvs_port;

/**
 * struct cvs_fdb_owner - what the FDB keeps of each port and each remote
 * @port: the port, or that by which the remote is reached; not read here but
 *	to compare it
 * @last: the entry that last came to the port, so that a port with one
 *	address finds it without a lookup. Written under the FDB's lock, and
 *	cleared there before the entry is freed or moves away.
 * @entries: entries of any kind, under the FDB's lock
 * @count: learned addresses (sticky ones too), under the FDB's lock
 * @max: most of them; 0 is no limit
 * @neighs: neighbours learned from it, under the lock of their table
 */
struct cvs_fdb_owner {
	struct cvs_port *port;
	struct cvs_fdb_entry __rcu *last;
	u32 entries;
	u32 count;
	u32 max;
	u32 neighs;
};

/**
 * struct cvs_fdb_entry - one address of one VLAN
 * @key: the address, and the VLAN above its 48 bits
 * @node: in the hash table
 * @owner: where the address is; changed under the lock
 * @updated: jiffies when the address was last seen as a source, lock-free
 * @window: jiffies when the present count of moves began, under the lock
 * @id: in the table by number
 * @moves: how often it moved, under the lock
 * @recent: how often since @window, under the lock
 * @kind: &enum cvswitch_fdb_kind
 * @rcu: for freeing
 *
 * 64 bytes, so that a frame touches one cache line of it.
 */
struct cvs_fdb_entry {
	u64 key;
	struct rhash_head node;
	struct cvs_fdb_owner *owner;
	unsigned long updated;
	unsigned long window;
	u32 id;
	u16 moves;
	u8 recent;
	u8 kind;
	struct rcu_head rcu;
};

/**
 * struct cvs_fdb_change - what happened to an entry
 * @key: as in the entry
 * @event: what happened
 * @kind: of the entry
 * @moves: of the entry
 * @owner: where the address is, or was
 * @old_owner: where it was before it moved; for a damped address, where it
 *	stays while @owner is where it was seen
 */
struct cvs_fdb_change {
	u64 key;
	enum cvswitch_fdb_event event;
	enum cvswitch_fdb_kind kind;
	u32 moves;
	struct cvs_fdb_owner *owner;
	struct cvs_fdb_owner *old_owner;
};

/**
 * struct cvs_fdb - a forwarding database
 * @hash: entries by key, read under RCU
 * @lock: for all changes; taken with BH off, the innermost but those of
 *	@hash and @ids
 * @ids: entries by number; small numbers first, so that a walk can go on
 *	where it stopped, whatever happened in between
 * @count: entries
 * @max: most entries
 * @ageing: jiffies after which an unseen learned entry goes; 0 is never
 * @age_work: makes them go; runs while there may be some
 * @changed: told of each change, outside the lock, under RCU
 */
struct cvs_fdb {
	struct rhashtable hash;
	spinlock_t lock;	/* for all changes, BH off */
	struct xarray ids;
	u32 count;
	u32 max;
	unsigned long ageing;
	struct delayed_work age_work;
	void (*changed)(struct cvs_fdb *fdb, const struct cvs_fdb_change *change);
};

/**
 * struct cvs_fdb_filter - which entries a walk is about
 * @owner: only this port's or remote's, or NULL
 * @port: only what is reached by this port, or NULL
 * @mac: only this address, or 0
 * @vid_first: only entries of VLANs from this one on
 * @vid_last: and up to this one; VLAN_N_VID - 1 for all
 * @kinds: bits of &enum cvswitch_fdb_kind
 */
struct cvs_fdb_filter {
	const struct cvs_fdb_owner *owner;
	const struct cvs_port *port;
	u64 mac;
	u16 vid_first;
	u16 vid_last;
	unsigned long kinds;
};

#define CVS_FDB_KINDS_AGEING \
	(BIT(CVSWITCH_FDB_KIND_LEARNED) | BIT(CVSWITCH_FDB_KIND_STICKY))
#define CVS_FDB_KINDS_ALL \
	(CVS_FDB_KINDS_AGEING | BIT(CVSWITCH_FDB_KIND_STATIC))

/* More moves than this in a second, and the address stays for a while. */
#define CVS_FDB_MOVES_MAX	5
#define CVS_FDB_MOVES_WINDOW	HZ
#define CVS_FDB_DAMP_TIME	(5 * HZ)

static inline u64 cvs_fdb_key(u64 mac, u16 vid)
{
	return mac | (u64)vid << 48;
}

static inline u16 cvs_fdb_key_vid(u64 key)
{
	return key >> 48;
}

static __always_inline u32 cvs_fdb_hash(const void *key, u32 len, u32 seed)
{
	return jhash_2words(*(const u64 *)key, *(const u64 *)key >> 32, seed);
}

static inline int cvs_fdb_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct cvs_fdb_entry *entry = obj;

	return entry->key != *(const u64 *)arg->key;
}

/* Constant, so that the compiler opens the lookup up. */
static const struct rhashtable_params cvs_fdb_params = {
	.head_offset = offsetof(struct cvs_fdb_entry, node),
	.key_offset = offsetof(struct cvs_fdb_entry, key),
	.key_len = sizeof_field(struct cvs_fdb_entry, key),
	.hashfn = cvs_fdb_hash,
	.obj_cmpfn = cvs_fdb_cmp,
	.automatic_shrinking = true,
};

/**
 * cvs_fdb_find() - look an address up
 * @fdb: the FDB
 * @key: see cvs_fdb_key()
 *
 * Context: RCU.
 * Return: the entry, valid as long as the RCU section; or NULL.
 */
static __always_inline struct cvs_fdb_entry *cvs_fdb_find(struct cvs_fdb *fdb, u64 key)
{
	return rhashtable_lookup(&fdb->hash, &key, cvs_fdb_params);
}

/* Note that an address was seen; a shared line is only written on change. */
static inline void cvs_fdb_touch(struct cvs_fdb_entry *entry)
{
	unsigned long now = jiffies;

	if (READ_ONCE(entry->updated) != now)
		WRITE_ONCE(entry->updated, now);
}

/* Entries that a walk of a whole table looks at in one RCU section. */
#define CVS_FDB_STRIDE	256

/**
 * cvs_fdb_is_long() - is it time for a walk to begin another RCU section?
 * @steps: entries that it has looked at
 *
 * By count: where readers can be preempted, need_resched() is no longer true
 * when the walk has the CPU back, but it still is the same reader, and keeps
 * all others' grace periods waiting.
 *
 * Return: the answer.
 */
static inline bool cvs_fdb_is_long(unsigned int *steps)
{
	return ++*steps % CVS_FDB_STRIDE == 0;
}

int cvs_fdb_cache_init(void);
void cvs_fdb_cache_exit(void);

int cvs_fdb_init(struct cvs_fdb *fdb, u32 max, unsigned long ageing,
		 void (*changed)(struct cvs_fdb *fdb,
				 const struct cvs_fdb_change *change));
void cvs_fdb_destroy(struct cvs_fdb *fdb);

bool cvs_fdb_learn(struct cvs_fdb *fdb, struct cvs_fdb_owner *owner, u64 key);
int cvs_fdb_add(struct cvs_fdb *fdb, struct cvs_fdb_owner *owner, u64 key,
		enum cvswitch_fdb_kind kind, bool replace);
int cvs_fdb_del(struct cvs_fdb *fdb, u64 key);
u32 cvs_fdb_flush(struct cvs_fdb *fdb, const struct cvs_fdb_filter *filter);

bool cvs_fdb_match(const struct cvs_fdb_filter *filter,
		   const struct cvs_fdb_entry *entry);
struct cvs_fdb_entry *cvs_fdb_walk(struct cvs_fdb *fdb, unsigned long *id,
				   const struct cvs_fdb_filter *filter);
bool cvs_fdb_is_damped(const struct cvs_fdb_entry *entry);

void cvs_fdb_set_ageing(struct cvs_fdb *fdb, unsigned long ageing);
void cvs_fdb_age_work(struct work_struct *work);
void cvs_fdb_age_start(struct cvs_fdb *fdb);

/* For the files of the FDB alone. */
struct cvs_fdb_entry *cvs_fdb_insert(struct cvs_fdb *fdb, struct cvs_fdb_owner *owner,
				     u64 key, enum cvswitch_fdb_kind kind);
void cvs_fdb_give(struct cvs_fdb_entry *entry, struct cvs_fdb_owner *owner);
void cvs_fdb_take(struct cvs_fdb_entry *entry);
void cvs_fdb_remove(struct cvs_fdb *fdb, struct cvs_fdb_entry *entry);
void cvs_fdb_note(struct cvs_fdb_change *change, const struct cvs_fdb_entry *entry,
		  enum cvswitch_fdb_event event);

#endif /* CVS_FDB_H */
