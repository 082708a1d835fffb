// SPDX-License-Identifier: GPL-2.0
#include "cvs_neigh_request.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "cvs_neigh.h"
#include "cvs_switch.h"

/**
 * cvs_neigh_request_add() - add a static neighbour
 * @sw: the switch
 * @key: which, with an address that cvs_neigh_is_address()
 * @mac: its MAC address, valid; the switch's own, too
 * @router: it is an IPv6 router
 * @replace: also in place of a static one
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0; -EINVAL for a VLAN that the switch's frames don't have; -EEXIST,
 * -ENOSPC, -ENOMEM or an error of the hash table. On error nothing has changed.
 */
int cvs_neigh_request_add(struct cvs_switch *sw, const struct cvs_neigh_key *key, u64 mac,
			  bool router, bool replace, struct netlink_ext_ack *extack)
{
	bool aware = test_bit(CVS_SWITCH_VLAN_AWARE, &sw->flags);
	int err;

	ASSERT_RTNL();
	if (key->vid && !aware) {
		NL_SET_ERR_MSG(extack, "Switch ignores VLANs (vlan-aware is off)");
		return -EINVAL;
	}
	if (!key->vid && aware) {
		NL_SET_ERR_MSG(extack, "Switch keeps VLANs apart: VLAN missing");
		return -EINVAL;
	}
	err = cvs_neigh_add(&sw->neighs, key, mac, router, replace);
	if (err == -EEXIST)
		NL_SET_ERR_MSG(extack, "Neighbour exists");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG(extack, "Switch has its maximum of static neighbours");
	return err;
}

/**
 * cvs_neigh_request_del() - delete a neighbour of either kind
 * @sw: the switch
 * @key: which, whether the switch ignores VLANs now or not
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: 0 or -ENOENT.
 */
int cvs_neigh_request_del(struct cvs_switch *sw, const struct cvs_neigh_key *key,
			  struct netlink_ext_ack *extack)
{
	int err;

	ASSERT_RTNL();
	err = cvs_neigh_del(&sw->neighs, key);
	if (err)
		NL_SET_ERR_MSG(extack, "No such neighbour");
	return err;
}
