// SPDX-License-Identifier: GPL-2.0
#include "fdb_model.h"

static void tell(struct fdb_model *model, const struct fdb_model_entry *entry,
		 enum cvswitch_fdb_event event, unsigned int owner, int old_owner)
{
	model->changes[model->n_changes++] = (struct cvs_fdb_change) {
		.key = entry->key,
		.event = event,
		.kind = entry->kind,
		.moves = entry->moves,
		.owner = &model->owners[owner],
		.old_owner = old_owner < 0 ? NULL : &model->owners[old_owner],
	};
}

static struct fdb_model_entry *insert(struct fdb_model *model, unsigned int owner, u64 key,
				      enum cvswitch_fdb_kind kind)
{
	struct fdb_model_entry *entry;

	if (model->n >= model->max)
		return NULL;
	entry = &model->entries[model->n++];
	*entry = (struct fdb_model_entry) {
		.key = key,
		.owner = owner,
		.kind = kind,
		.seen = model->now,
		.since = model->now,
	};
	return entry;
}

static void remove(struct fdb_model *model, struct fdb_model_entry *entry,
		   enum cvswitch_fdb_event event)
{
	tell(model, entry, event, entry->owner, -1);
	*entry = model->entries[--model->n];
}

struct fdb_model_entry *fdb_model_find(struct fdb_model *model, u64 key)
{
	u32 i;

	for (i = 0; i < model->n; i++)
		if (model->entries[i].key == key)
			return &model->entries[i];
	return NULL;
}

u32 fdb_model_entries(const struct fdb_model *model, unsigned int owner, unsigned long kinds)
{
	u32 i, n = 0;

	for (i = 0; i < model->n; i++)
		n += model->entries[i].owner == owner && kinds & BIT(model->entries[i].kind);
	return n;
}

bool fdb_model_is_held(const struct fdb_model *model, const struct fdb_model_entry *entry)
{
	return model->now < entry->held_until;
}

void fdb_model_forget(struct fdb_model *model)
{
	model->n_changes = 0;
}

static bool has_room(const struct fdb_model *model, unsigned int owner)
{
	return !model->owner_max[owner] ||
	       fdb_model_entries(model, owner, CVS_FDB_KINDS_AGEING) < model->owner_max[owner];
}

/* More than five times in a second, and it is held for five. */
static bool learn_moved(struct fdb_model *model, struct fdb_model_entry *entry,
			unsigned int owner)
{
	unsigned int old = entry->owner;

	if (entry->kind != CVSWITCH_FDB_KIND_LEARNED || !has_room(model, owner) ||
	    fdb_model_is_held(model, entry))
		return false;
	if (entry->held_until || model->now - entry->since > HZ) {
		entry->held_until = 0;
		entry->since = model->now;
		entry->recent = 0;
	}
	if (entry->recent == 5) {
		entry->held_until = model->now + 5 * HZ;
		tell(model, entry, CVSWITCH_FDB_EVENT_DAMPED, owner, old);
		return false;
	}
	entry->recent++;
	entry->owner = owner;
	entry->seen = model->now;
	entry->moves++;
	tell(model, entry, CVSWITCH_FDB_EVENT_MOVED, owner, old);
	return true;
}

bool fdb_model_learn(struct fdb_model *model, unsigned int owner, u64 key)
{
	struct fdb_model_entry *entry = fdb_model_find(model, key);

	if (entry && entry->owner != owner)
		return learn_moved(model, entry, owner);
	if (entry) {
		entry->seen = model->now;
		return true;
	}
	entry = has_room(model, owner) ?
		insert(model, owner, key, CVSWITCH_FDB_KIND_LEARNED) : NULL;
	if (entry)
		tell(model, entry, CVSWITCH_FDB_EVENT_LEARNED, owner, -1);
	return entry;
}

int fdb_model_add(struct fdb_model *model, unsigned int owner, u64 key,
		  enum cvswitch_fdb_kind kind, bool replace)
{
	struct fdb_model_entry *entry = fdb_model_find(model, key);

	if (entry && entry->kind != CVSWITCH_FDB_KIND_LEARNED && !replace)
		return -EEXIST;
	if (!entry)
		entry = insert(model, owner, key, kind);
	if (!entry)
		return -ENOSPC;
	entry->owner = owner;
	entry->kind = kind;
	entry->seen = model->now;
	entry->held_until = 0;
	tell(model, entry, CVSWITCH_FDB_EVENT_ADDED, owner, -1);
	return 0;
}

int fdb_model_del(struct fdb_model *model, u64 key)
{
	struct fdb_model_entry *entry = fdb_model_find(model, key);

	if (!entry)
		return -ENOENT;
	remove(model, entry, CVSWITCH_FDB_EVENT_DELETED);
	return 0;
}

static bool matches(const struct fdb_model *model, const struct fdb_model_entry *entry,
		    const struct cvs_fdb_filter *filter)
{
	unsigned int vid = entry->key >> 48;

	if (filter->owner && filter->owner != &model->owners[entry->owner])
		return false;
	if (filter->mac && filter->mac != (entry->key & 0xffffffffffffULL))
		return false;
	if (vid < filter->vid_first || vid > filter->vid_last)
		return false;
	return filter->kinds & BIT(entry->kind);
}

u32 fdb_model_flush(struct fdb_model *model, const struct cvs_fdb_filter *filter)
{
	u32 i = 0, n = 0;

	while (i < model->n) {
		if (matches(model, &model->entries[i], filter)) {
			remove(model, &model->entries[i], CVSWITCH_FDB_EVENT_DELETED);
			n++;
		} else {
			i++;
		}
	}
	return n;
}

void fdb_model_age(struct fdb_model *model, u64 ageing)
{
	u32 i = 0;

	while (i < model->n) {
		struct fdb_model_entry *entry = &model->entries[i];

		if (entry->kind != CVSWITCH_FDB_KIND_STATIC && model->now - entry->seen >= ageing)
			remove(model, entry, CVSWITCH_FDB_EVENT_AGED);
		else
			i++;
	}
}
