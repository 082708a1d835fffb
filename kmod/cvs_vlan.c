// SPDX-License-Identifier: GPL-2.0
#include "cvs_vlan.h"

#include <linux/slab.h>

const struct cvs_vlan_set cvs_vlan_default = {
	.pvid = 1,
	.member = { BIT(1) },
	.untagged = { BIT(1) },
};

/**
 * cvs_vlan_set_dup() - copy a set, in order to change it
 * @set: the original
 *
 * Context: may sleep.
 * Return: the copy, which its owner frees or publishes; NULL without memory.
 */
struct cvs_vlan_set *cvs_vlan_set_dup(const struct cvs_vlan_set *set)
{
	return kmemdup(set, sizeof(*set), GFP_KERNEL_ACCOUNT);
}

/**
 * cvs_vlan_set_free_rcu() - free a set once its last reader is gone
 * @set: the set; the default one is left alone
 */
void cvs_vlan_set_free_rcu(const struct cvs_vlan_set *set)
{
	struct cvs_vlan_set *victim = (struct cvs_vlan_set *)set;

	if (set != &cvs_vlan_default)
		kfree_rcu(victim, rcu);
}

/**
 * cvs_vlan_set_add() - add VLANs, or change how they are members
 * @set: a set that isn't published
 * @first: first VLAN, 1 to 4094
 * @last: last VLAN, not below @first
 * @pvid: untagged frames belong to @last; where this is false and the PVID
 *	is in the range, there is no PVID afterwards
 * @untagged: frames leave without a tag
 */
void cvs_vlan_set_add(struct cvs_vlan_set *set, u16 first, u16 last,
		      bool pvid, bool untagged)
{
	unsigned int n = last - first + 1;

	bitmap_set(set->member, first, n);
	if (untagged)
		bitmap_set(set->untagged, first, n);
	else
		bitmap_clear(set->untagged, first, n);

	if (pvid)
		set->pvid = last;
	else if (set->pvid >= first && set->pvid <= last)
		set->pvid = 0;
}

/**
 * cvs_vlan_set_del() - remove VLANs
 * @set: a set that isn't published
 * @first: first VLAN, 1 to 4094
 * @last: last VLAN, not below @first
 */
void cvs_vlan_set_del(struct cvs_vlan_set *set, u16 first, u16 last)
{
	unsigned int n = last - first + 1;

	bitmap_clear(set->member, first, n);
	bitmap_clear(set->untagged, first, n);
	if (set->pvid >= first && set->pvid <= last)
		set->pvid = 0;
}
