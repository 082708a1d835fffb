/* SPDX-License-Identifier: GPL-2.0 */
/* The VLANs that a port is a member of. */
#ifndef CVS_VLAN_H
#define CVS_VLAN_H

#include <linux/bitmap.h>
#include <linux/if_vlan.h>
#include <linux/rcupdate.h>

/**
 * struct cvs_vlan_set - one port's VLANs, never changed once published
 * @rcu: for freeing
 * @pvid: VLAN of untagged frames from the port; 0 is none, they are dropped
 * @member: VLANs whose frames may pass the port
 * @untagged: those among them whose frames leave the port without a tag
 */
struct cvs_vlan_set {
	struct rcu_head rcu;
	u16 pvid;
	DECLARE_BITMAP(member, VLAN_N_VID);
	DECLARE_BITMAP(untagged, VLAN_N_VID);
};

/* VLAN 1, untagged: what every port begins with. */
extern const struct cvs_vlan_set cvs_vlan_default;

struct cvs_vlan_set *cvs_vlan_set_dup(const struct cvs_vlan_set *set);
void cvs_vlan_set_free_rcu(const struct cvs_vlan_set *set);
void cvs_vlan_set_add(struct cvs_vlan_set *set, u16 first, u16 last,
		      bool pvid, bool untagged);
void cvs_vlan_set_del(struct cvs_vlan_set *set, u16 first, u16 last);

static inline bool cvs_vlan_is_member(const struct cvs_vlan_set *set, u16 vid)
{
	return test_bit(vid, set->member);
}

#endif /* CVS_VLAN_H */
