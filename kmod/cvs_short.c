// SPDX-License-Identifier: GPL-2.0
#include "cvs_short.h"

/**
 * cvs_short_has_rps() - does a device steer its received frames to other CPUs?
 * @dev: the device
 *
 * Context: RCU.
 * Return: true if any of its queues does.
 */
bool cvs_short_has_rps(const struct net_device *dev)
{
	unsigned int i;

	for (i = 0; i < dev->real_num_rx_queues; i++)
		if (cvs_netdev_queue_rps(&dev->_rx[i]))
			return true;
	return false;
}

/**
 * cvs_short_state() - could a frame take the short path to this port now?
 * @port: any port
 *
 * Context: RTNL or RCU.
 * Return: that it could, or the first thing that stands against it.
 */
enum cvswitch_short_state cvs_short_state(const struct cvs_port *port)
{
	enum cvswitch_short_state state;

	if (!test_bit(CVS_SWITCH_SHORT_PATH, &port->sw->flags))
		return CVSWITCH_SHORT_STATE_SWITCHED_OFF;
	if (!test_bit(CVS_PORT_SHORT, &port->flags))
		return CVSWITCH_SHORT_STATE_NOT_VETH;
	rcu_read_lock();
	state = cvs_short_check(port, cvs_short_peer(port));
	rcu_read_unlock();
	return state;
}
