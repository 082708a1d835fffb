// SPDX-License-Identifier: GPL-2.0
/*
 * Of a port's device only the host's end is here. Were its MTU lowered, it would drop long frames
 * before the switch sees them, and nobody could tell their sender. So the switch offers an MTU, and
 * whoever attaches a container sets the container's end.
 */
#include "cvs_mtu.h"

#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

/* The longest packet that all ports and the tunnel take, if a device may have such an MTU. */
static unsigned int taken(const struct cvs_switch *sw)
{
	unsigned int mtu = cvs_tunnel_mtu(sw);
	const struct cvs_port *port;

	list_for_each_entry(port, &sw->ports, node)
		mtu = min(mtu, READ_ONCE(port->dev->mtu));
	return max_t(unsigned int, mtu, ETH_MIN_MTU);
}

/**
 * cvs_mtu_offer() - find out what every way out of a switch takes, the host's included
 * @sw: the switch
 *
 * Context: RTNL.
 * Return: true if the offer has changed.
 */
bool cvs_mtu_offer(struct cvs_switch *sw)
{
	unsigned int mtu = min(taken(sw), READ_ONCE(sw->dev->mtu));

	ASSERT_RTNL();
	if (mtu == sw->offered_mtu)
		return false;
	WRITE_ONCE(sw->offered_mtu, mtu);
	return true;
}

/**
 * cvs_mtu_update() - the MTU of a port or of the tunnel's underlay has changed
 * @sw: the switch
 *
 * The MTU of the switch's own device follows, unless it was set by hand.
 *
 * Context: RTNL.
 */
void cvs_mtu_update(struct cvs_switch *sw)
{
	unsigned int mtu = taken(sw);

	ASSERT_RTNL();
	if (!test_bit(CVS_SWITCH_LIVE, &sw->flags))
		return;
	if (list_empty(&sw->ports) && !rtnl_dereference(sw->tunnel))
		mtu = ETH_DATA_LEN;
	if (!test_bit(CVS_SWITCH_MTU_BY_HAND, &sw->flags) && mtu != sw->dev->mtu) {
		/* The notifier of this change has made and announced the offer. */
		dev_set_mtu(sw->dev, mtu);
		/* dev_set_mtu() asked our own ndo, which took it for a hand's. */
		clear_bit(CVS_SWITCH_MTU_BY_HAND, &sw->flags);
	}
	if (cvs_mtu_offer(sw)) {
		cvs_switch_touch(sw);
		cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_SET_NTF);
	}
}
