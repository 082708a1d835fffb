// SPDX-License-Identifier: GPL-2.0
#include "cvs_tunnel.h"

#include <linux/if_ether.h>
#include <linux/inetdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/l3mdev.h>

#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_replicate.h"
#include "cvs_stacking.h"
#include "cvs_switch.h"
#include "cvs_udp.h"
#include "cvs_vlan.h"
#include "cvs_vtep.h"

const struct cvs_tunnel_config cvs_tunnel_config_default = {
	.vni = -1,
	.remote_max = 4096,
	.port = 4789,
	.df = CVSWITCH_TUNNEL_DF_UNSET,
	.source = CVSWITCH_TUNNEL_SOURCE_KNOWN,
	.checksum = true,
	.learning = true,
};

/* The remotes' ports limited who floods; here nothing is limited once more. */
static const struct cvs_port_config port_config = {
	.flags = BIT(CVS_PORT_LEARNING) |
		 GENMASK(CVS_PORT_FLOOD_LAST, CVS_PORT_FLOOD),
};

/**
 * cvs_tunnel_get() - a switch's tunnel
 * @sw: the switch
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: the tunnel or -ENOENT.
 */
struct cvs_tunnel *cvs_tunnel_get(const struct cvs_switch *sw, struct netlink_ext_ack *extack)
{
	struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);

	if (tunnel)
		return tunnel;
	NL_SET_ERR_MSG(extack, "Switch has no tunnel");
	return ERR_PTR(-ENOENT);
}

/*
 * The socket that a tunnel with these settings receives at, and its @key. It has
 * @mine now, and the settings @old, whose device may be gone: then nothing leaves,
 * but all other settings can still be changed.
 */
static struct cvs_udp *get_udp(struct net *net, const struct cvs_tunnel_config *config,
			       struct cvs_udp *mine, const struct cvs_tunnel_config *old,
			       struct cvs_udp_key *key, struct netlink_ext_ack *extack)
{
	struct net_device *dev;

	*key = (struct cvs_udp_key) {
		.family = cvs_vtep_is_v4(&config->local) ? AF_INET : AF_INET6,
		.port = config->port,
		.zero_checksum_rx = config->zero_checksum_rx,
	};

	if (config->device) {
		dev = __dev_get_by_index(net, config->device);
		if (!dev && (!old || config->device != old->device)) {
			NL_SET_ERR_MSG(extack, "No such device to reach remotes by");
			return ERR_PTR(-ENODEV);
		}
		key->ifindex = dev ? l3mdev_master_ifindex(dev) : mine->key.ifindex;
	}
	if (key->family == AF_INET)
		key->zero_checksum_rx = false;
	return cvs_udp_get(net, key, mine, extack);
}

static void free_tunnel(struct cvs_tunnel *tunnel)
{
	rhashtable_destroy(&tunnel->remotes);
	xa_destroy(&tunnel->ids);
	cvs_vni_map_free(&tunnel->vnis);
	cvs_port_free(tunnel->port);
	kfree(rcu_dereference_raw(tunnel->config));
	kfree(tunnel);
}

/* A tunnel without a socket, known to nobody. */
static struct cvs_tunnel *create(struct cvs_switch *sw)
{
	struct cvs_vlan_set *none = cvs_vlan_set_dup(&cvs_vlan_default);
	struct cvs_tunnel *tunnel;

	tunnel = kzalloc(sizeof(*tunnel), GFP_KERNEL_ACCOUNT);
	if (!tunnel || !none)
		goto err;
	tunnel->sw = sw;
	INIT_LIST_HEAD(&tunnel->flood);
	xa_init_flags(&tunnel->ids, XA_FLAGS_ALLOC);
	cvs_queue_init(&tunnel->queue, cvs_replicate_work);
	if (rhashtable_init(&tunnel->remotes, &cvs_remote_params))
		goto err;
	tunnel->port = cvs_port_alloc(sw, sw->dev, &port_config);
	if (!tunnel->port) {
		rhashtable_destroy(&tunnel->remotes);
		goto err;
	}
	set_bit(CVS_PORT_TUNNEL, &tunnel->port->flags);
	cvs_vlan_set_del(none, CVS_VNI_OWN_VLAN, CVS_VNI_OWN_VLAN);
	RCU_INIT_POINTER(tunnel->port->vlans, none);
	return tunnel;

err:
	kfree(none);
	kfree(tunnel);
	return NULL;
}

static void publish_config(struct cvs_tunnel *tunnel, const struct cvs_tunnel_config *config)
{
	const struct cvs_tunnel_config *old = rtnl_dereference(tunnel->config);

	assign_bit(CVS_PORT_LEARNING, &tunnel->port->flags, config->learning);
	rcu_assign_pointer(tunnel->config, config);
	if (old)
		kfree_rcu((struct cvs_tunnel_config *)old, rcu);
}

/* The ways to the remotes depend on the settings: nobody has the old ones in hand any more. */
static void forget_routes(struct cvs_tunnel *tunnel)
{
	struct cvs_remote *remote;
	unsigned long id;

	xa_for_each(&tunnel->ids, id, remote)
		dst_cache_reset(&remote->route);
}

static int add(struct cvs_switch *sw, struct cvs_tunnel_config *config,
	       struct netlink_ext_ack *extack)
{
	struct cvs_tunnel *tunnel = create(sw);
	struct cvs_vni_move move;
	struct cvs_udp_key key;
	int err;

	if (!tunnel)
		return -ENOMEM;
	tunnel->udp = get_udp(dev_net(sw->dev), config, NULL, NULL, &key, extack);
	if (IS_ERR(tunnel->udp)) {
		err = PTR_ERR(tunnel->udp);
		goto err_free;
	}
	/* From here on frames come in: they find the tunnel whole. */
	publish_config(tunnel, config);
	cvs_port_update_state(tunnel->port);
	err = cvs_vni_prepare(tunnel, tunnel->udp, config->vni, &move, extack);
	if (err)
		goto err_udp;
	cvs_vni_commit(tunnel, &move);
	rcu_assign_pointer(sw->tunnel, tunnel);
	return 0;

err_udp:
	/* No VNI was put in, so nobody has seen it; the caller frees it. */
	RCU_INIT_POINTER(tunnel->config, NULL);
	cvs_udp_put(tunnel->udp);
err_free:
	free_tunnel(tunnel);
	return err;
}

static int check_change(struct cvs_tunnel *tunnel, const struct cvs_tunnel_config *config,
			struct netlink_ext_ack *extack)
{
	const struct cvs_tunnel_config *old = rtnl_dereference(tunnel->config);

	if (tunnel->remote_count &&
	    cvs_vtep_is_v4(&old->local) != cvs_vtep_is_v4(&config->local)) {
		NL_SET_ERR_MSG(extack, "The tunnel has remotes of the other family");
		return -EAFNOSUPPORT;
	}
	if (rhashtable_lookup_fast(&tunnel->remotes, &config->local, cvs_remote_params)) {
		NL_SET_ERR_MSG(extack, "The local address is that of a remote");
		return -EINVAL;
	}
	return 0;
}

static int change(struct cvs_tunnel *tunnel, struct cvs_tunnel_config *config,
		  struct netlink_ext_ack *extack)
{
	struct cvs_udp *udp, *old = tunnel->udp;
	struct cvs_vni_move move;
	struct cvs_udp_key key;
	int err;

	err = check_change(tunnel, config, extack);
	if (err)
		return err;
	udp = get_udp(dev_net(tunnel->sw->dev), config, old, rtnl_dereference(tunnel->config), &key,
		      extack);
	if (IS_ERR(udp))
		return PTR_ERR(udp);
	err = cvs_vni_prepare(tunnel, udp, config->vni, &move, extack);
	if (err)
		goto err_put;
	err = cvs_udp_bind(udp, key.ifindex, extack);
	if (err)
		goto err_abort;
	publish_config(tunnel, config);
	cvs_vni_commit(tunnel, &move);
	cvs_udp_set_zero_checksum(udp, key.zero_checksum_rx);
	/* Who sends has the old socket and the old settings in hand. */
	synchronize_net();
	forget_routes(tunnel);
	cvs_udp_put(old);
	return 0;

err_abort:
	cvs_vni_abort(&move);
err_put:
	cvs_udp_put(udp);
	return err;
}

/**
 * cvs_tunnel_set() - give a switch a tunnel, or change its settings
 * @sw: the switch
 * @config: all of its settings
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0; -EINVAL or -EAFNOSUPPORT for the local address, -ENODEV for the
 * device, -EADDRINUSE for the UDP port, -EBUSY for zero-checksum-rx, -EEXIST for
 * the VNI, or another error; on error nothing has changed.
 */
int cvs_tunnel_set(struct cvs_switch *sw, const struct cvs_tunnel_config *config,
		   struct netlink_ext_ack *extack)
{
	struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	struct cvs_tunnel_config *mine;
	int err;

	ASSERT_RTNL();
	if (!cvs_vtep_is_unicast(&config->local)) {
		NL_SET_ERR_MSG(extack, "Local address missing, or not that of one host");
		return -EINVAL;
	}
	mine = kmemdup(config, sizeof(*config), GFP_KERNEL_ACCOUNT);
	if (!mine)
		return -ENOMEM;
	err = tunnel ? change(tunnel, mine, extack) : add(sw, mine, extack);
	if (err) {
		kfree(mine);
		return err;
	}
	cvs_stacking_update(sw);
	cvs_switch_touch(sw);
	cvs_event_tunnel(sw, CVSWITCH_CMD_TUNNEL_SET_NTF);
	return 0;
}

/**
 * cvs_tunnel_del() - take a switch's tunnel away
 * @sw: the switch; one that has none is left alone
 *
 * Nothing comes in any more, then nothing is learned, and what remotes had is
 * forgotten; nothing leaves any more, then what waits to leave is dropped; and
 * when nobody has anything of it in hand, it is freed.
 *
 * Context: RTNL, may sleep.
 */
void cvs_tunnel_del(struct cvs_switch *sw)
{
	struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);

	ASSERT_RTNL();
	if (!tunnel)
		return;
	cvs_event_tunnel(sw, CVSWITCH_CMD_TUNNEL_DEL_NTF);
	clear_bit(CVS_PORT_UP, &tunnel->port->flags);
	cvs_vni_del_all(tunnel);
	RCU_INIT_POINTER(sw->tunnel, NULL);
	/* Waits for readers of the tunnel and its VNIs, too. */
	cvs_remote_del_all(tunnel);
	cvs_replicate_stop(tunnel);
	/* Frames that found a remote in the FDB send by the tunnel. */
	synchronize_net();
	cvs_udp_put(tunnel->udp);
	spin_lock_bh(&sw->gone_lock);
	cvs_stats_sum_add(&sw->gone, tunnel->port->stats);
	spin_unlock_bh(&sw->gone_lock);
	free_tunnel(tunnel);
	cvs_stacking_update(sw);
	cvs_switch_touch(sw);
}

/*
 * ipv6_dev_find() passes over an address while its uniqueness is being looked into, and no chain
 * tells when it is done.
 */
static struct net_device *ip6_dev_find(struct net *net, const struct in6_addr *addr)
{
	struct net_device *dev = ipv6_dev_find(net, addr, NULL);

	if (dev)
		return dev;
	for_each_netdev(net, dev) {
		if (ipv6_chk_addr_and_flags(net, addr, dev, false, 1, 0))
			return dev;
	}
	return NULL;
}

/*
 * The device that remotes are reached by, or NULL while nobody has the local address. A VRF
 * carries nothing itself. A way through the switch's own device leads to a loop, not to a remote.
 * Its caller holds RTNL and RCU.
 */
static struct net_device *underlay(const struct cvs_switch *sw,
				   const struct cvs_tunnel_config *config)
{
	struct net *net = dev_net(sw->dev);
	struct net_device *dev = NULL;

	if (config->device)
		dev = __dev_get_by_index(net, config->device);
	if (!dev || netif_is_l3_master(dev))
		dev = cvs_vtep_is_v4(&config->local) ?
		      __ip_dev_find(net, cvs_vtep_v4(&config->local), false) :
		      ip6_dev_find(net, &config->local);
	if (dev == sw->dev || (dev && netdev_has_upper_dev_all_rcu(sw->dev, dev)))
		return NULL;
	return dev;
}

/**
 * cvs_tunnel_headroom() - room that the tunnel needs in front of frames
 * @sw: the switch
 *
 * Context: RTNL.
 * Return: bytes, on the way by the underlay's device; 0 without a tunnel.
 */
unsigned int cvs_tunnel_headroom(const struct cvs_switch *sw)
{
	const struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	const struct cvs_tunnel_config *config;
	const struct net_device *dev;
	unsigned int room;

	if (!tunnel)
		return 0;
	config = rtnl_dereference(tunnel->config);
	rcu_read_lock();
	dev = underlay(sw, config);
	room = dev ? LL_RESERVED_SPACE(dev) : LL_MAX_HEADER;
	rcu_read_unlock();
	return room + cvs_vtep_overhead(&config->local);
}

/**
 * cvs_tunnel_mtu() - what the underlay's MTU leaves for packets in the tunnel
 * @sw: the switch
 *
 * While there is no underlay it is taken for Ethernet, so that little changes when there is one.
 *
 * Context: RTNL.
 * Return: bytes without the Ethernet header; ETH_MAX_MTU without a tunnel.
 */
unsigned int cvs_tunnel_mtu(const struct cvs_switch *sw)
{
	const struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	const struct cvs_tunnel_config *config;
	const struct net_device *dev;
	unsigned int mtu, overhead;

	if (!tunnel)
		return ETH_MAX_MTU;
	config = rtnl_dereference(tunnel->config);
	rcu_read_lock();
	dev = underlay(sw, config);
	mtu = dev ? min_t(unsigned int, READ_ONCE(dev->mtu), ETH_MAX_MTU) : ETH_DATA_LEN;
	rcu_read_unlock();
	overhead = cvs_vtep_overhead(&config->local) + ETH_HLEN;
	return mtu > overhead ? mtu - overhead : 0;
}
