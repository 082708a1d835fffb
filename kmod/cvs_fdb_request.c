// SPDX-License-Identifier: GPL-2.0
#include "cvs_fdb_request.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "cvs_fdb.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_vlan.h"

/* Could a frame match an entry for this address and VLAN? */
static int check(const struct cvs_switch *sw, const u8 *addr, u16 vid,
		 struct netlink_ext_ack *extack)
{
	bool aware = test_bit(CVS_SWITCH_VLAN_AWARE, &sw->flags);

	if (!is_valid_ether_addr(addr)) {
		NL_SET_ERR_MSG(extack, "Address is a group address or zero");
		return -EINVAL;
	}
	if (vid && !aware) {
		NL_SET_ERR_MSG(extack, "Switch ignores VLANs (vlan-aware is off)");
		return -EINVAL;
	}
	if (!vid && aware) {
		NL_SET_ERR_MSG(extack, "Switch keeps VLANs apart: VLAN missing");
		return -EINVAL;
	}
	return 0;
}

/**
 * cvs_fdb_request_add() - add an entry
 * @sw: the switch
 * @owner: where the address is; that of a port of @sw, of its host port, or of
 *	a remote of its tunnel
 * @addr: the address
 * @vid: its VLAN, 0 in a switch that ignores VLANs
 * @kind: static or sticky
 * @replace: also in place of a static or sticky entry
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or an error; on error nothing has changed.
 */
int cvs_fdb_request_add(struct cvs_switch *sw, struct cvs_fdb_owner *owner, const u8 *addr,
			u16 vid, enum cvswitch_fdb_kind kind, bool replace,
			struct netlink_ext_ack *extack)
{
	int err;

	ASSERT_RTNL();
	err = check(sw, addr, vid, extack);
	if (err)
		return err;
	if (ether_addr_equal(addr, sw->dev->dev_addr)) {
		NL_SET_ERR_MSG(extack, "Address is the switch's own");
		return -EEXIST;
	}
	if (vid && !cvs_vlan_is_member(rtnl_dereference(cvs_port_of_owner(owner)->vlans), vid)) {
		NL_SET_ERR_MSG(extack, "Port is not a member of this VLAN");
		return -EINVAL;
	}
	err = cvs_fdb_add(&sw->fdb, owner, cvs_fdb_key(cvs_mac_from(addr), vid),
			  kind, replace);
	if (err == -EEXIST)
		NL_SET_ERR_MSG(extack, "Entry exists");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG(extack, "Forwarding database is full");
	return err;
}

/**
 * cvs_fdb_request_del() - delete an entry of any kind but local
 * @sw: the switch
 * @addr: the address
 * @vid: its VLAN, 0 for none, whether the switch ignores VLANs now or not
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int cvs_fdb_request_del(struct cvs_switch *sw, const u8 *addr, u16 vid,
			struct netlink_ext_ack *extack)
{
	int err;

	ASSERT_RTNL();
	if (ether_addr_equal(addr, sw->dev->dev_addr)) {
		NL_SET_ERR_MSG(extack, "Address is the switch's own");
		return -EPERM;
	}
	err = cvs_fdb_del(&sw->fdb, cvs_fdb_key(cvs_mac_from(addr), vid));
	if (err)
		NL_SET_ERR_MSG(extack, "No such entry");
	return err;
}
