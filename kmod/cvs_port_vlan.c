// SPDX-License-Identifier: GPL-2.0
/* The VLANs that a port is a member of. */
#include "cvs_port.h"

#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_event.h"
#include "cvs_switch.h"
#include "cvs_vlan.h"

static struct cvs_vlan_set *vlans_dup(const struct cvs_port *port, u16 first, u16 last,
				      struct netlink_ext_ack *extack)
{
	struct cvs_vlan_set *set;

	if (last < first) {
		NL_SET_ERR_MSG(extack, "Range ends before it begins");
		return ERR_PTR(-EINVAL);
	}
	set = cvs_vlan_set_dup(rtnl_dereference(port->vlans));
	return set ?: ERR_PTR(-ENOMEM);
}

static void vlans_publish(struct cvs_port *port, const struct cvs_vlan_set *set)
{
	const struct cvs_vlan_set *old = rtnl_dereference(port->vlans);

	rcu_assign_pointer(port->vlans, set);
	cvs_vlan_set_free_rcu(old);
	cvs_switch_touch(port->sw);
}

/**
 * cvs_port_vlan_add() - make a port a member of VLANs
 * @port: the port; the host port, too
 * @first: first VLAN, 1 to 4094
 * @last: last VLAN, 1 to 4094
 * @pvid: untagged frames from the port belong to it; only for a single VLAN
 * @untagged: frames leave the port without a tag
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, -EINVAL or -ENOMEM.
 */
int cvs_port_vlan_add(struct cvs_port *port, u16 first, u16 last, bool pvid,
		      bool untagged, struct netlink_ext_ack *extack)
{
	struct cvs_vlan_set *set;

	ASSERT_RTNL();
	set = vlans_dup(port, first, last, extack);
	if (IS_ERR(set))
		return PTR_ERR(set);
	if (pvid && first != last) {
		NL_SET_ERR_MSG(extack, "PVID must be a single VLAN");
		kfree(set);
		return -EINVAL;
	}
	cvs_vlan_set_add(set, first, last, pvid, untagged);
	vlans_publish(port, set);
	cvs_event_vlan(port, CVSWITCH_CMD_VLAN_ADD_NTF, first, last, pvid, untagged);
	return 0;
}

/**
 * cvs_port_vlan_del() - end a port's membership in VLANs
 * @port: the port; the host port, too
 * @first: first VLAN, 1 to 4094
 * @last: last VLAN, 1 to 4094
 * @extack: says why not
 *
 * What was learned from the port in these VLANs is forgotten.
 *
 * Context: RTNL, may sleep.
 * Return: 0, -EINVAL, -ENOENT if it is a member of none of them, or -ENOMEM.
 */
int cvs_port_vlan_del(struct cvs_port *port, u16 first, u16 last,
		      struct netlink_ext_ack *extack)
{
	const struct cvs_fdb_filter filter = {
		.owner = &port->fdb,
		.vid_first = first,
		.vid_last = last,
		.kinds = CVS_FDB_KINDS_AGEING,
	};
	const struct cvs_vlan_set *old;
	struct cvs_vlan_set *set;

	ASSERT_RTNL();
	old = rtnl_dereference(port->vlans);
	set = vlans_dup(port, first, last, extack);
	if (IS_ERR(set))
		return PTR_ERR(set);
	if (find_next_bit(old->member, last + 1, first) > last) {
		NL_SET_ERR_MSG(extack, "Port is not a member of this VLAN");
		kfree(set);
		return -ENOENT;
	}
	cvs_vlan_set_del(set, first, last);
	vlans_publish(port, set);
	/* Frames that saw the old set may still learn until they are gone. */
	synchronize_net();
	cvs_fdb_flush(&port->sw->fdb, &filter);
	cvs_event_vlan(port, CVSWITCH_CMD_VLAN_DEL_NTF, first, last, false, false);
	return 0;
}
