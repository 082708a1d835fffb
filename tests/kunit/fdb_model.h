/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an FDB is to do, in the simplest form: a list that is looked through
 * from its beginning, with nothing counted but by counting, and a time that
 * never wraps. Written after the documentation, not after the code.
 */
#ifndef CVS_TEST_FDB_MODEL_H
#define CVS_TEST_FDB_MODEL_H

#include "fdb_bench.h"

#define FDB_MODEL_MAX	256

/**
 * struct fdb_model_entry - an address
 * @key: address and VLAN
 * @owner: index of its owner
 * @kind: its kind
 * @moves: how often it moved
 * @seen: when it was last seen or requested
 * @since: when the present count of moves began
 * @recent: moves since then
 * @held_until: before this time it doesn't move; 0 is not held
 */
struct fdb_model_entry {
	u64 key;
	unsigned int owner;
	enum cvswitch_fdb_kind kind;
	u32 moves;
	u64 seen;
	u64 since;
	u32 recent;
	u64 held_until;
};

/**
 * struct fdb_model - an FDB
 * @entries: in no order
 * @n: how many
 * @max: most of them
 * @owner_max: most that age, of each owner; 0 is no limit
 * @now: the time, from 1 on
 * @changes: what it has to tell since fdb_model_forget()
 * @n_changes: how many
 * @owners: whom a change names
 */
struct fdb_model {
	struct fdb_model_entry entries[FDB_MODEL_MAX];
	u32 n;
	u32 max;
	u32 owner_max[FDB_OWNERS];
	u64 now;
	struct cvs_fdb_change changes[FDB_MODEL_MAX];
	u32 n_changes;
	struct cvs_fdb_owner *owners;
};

struct fdb_model_entry *fdb_model_find(struct fdb_model *model, u64 key);
u32 fdb_model_entries(const struct fdb_model *model, unsigned int owner, unsigned long kinds);
bool fdb_model_is_held(const struct fdb_model *model, const struct fdb_model_entry *entry);
void fdb_model_forget(struct fdb_model *model);

bool fdb_model_learn(struct fdb_model *model, unsigned int owner, u64 key);
int fdb_model_add(struct fdb_model *model, unsigned int owner, u64 key,
		  enum cvswitch_fdb_kind kind, bool replace);
int fdb_model_del(struct fdb_model *model, u64 key);
u32 fdb_model_flush(struct fdb_model *model, const struct cvs_fdb_filter *filter);
void fdb_model_age(struct fdb_model *model, u64 ageing);

#endif /* CVS_TEST_FDB_MODEL_H */
