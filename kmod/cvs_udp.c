// SPDX-License-Identifier: GPL-2.0
#include "cvs_udp.h"

#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/udp_tunnel.h>
#include <net/vxlan.h>

#include "cvs_decap.h"
#include "cvs_gro.h"
#include "cvs_switch.h"

/* The vxlan device that has the port, or NULL. */
static const struct net_device *find_vxlan(struct net *net, u16 port)
{
	struct net_device *dev;

	for_each_netdev(net, dev)
		if (netif_is_vxlan(dev) && netif_running(dev) &&
		    ((struct vxlan_dev *)netdev_priv(dev))->cfg.dst_port == htons(port))
			return dev;
	return NULL;
}

static void explain(struct net *net, const struct cvs_udp_key *key, int err,
		    struct netlink_ext_ack *extack)
{
	const struct net_device *dev;

	switch (err) {
	case -EADDRINUSE:
		dev = find_vxlan(net, key->port);
		if (dev)
			CVS_ERR_MSG_FMT(extack, "The UDP port is taken by a vxlan device",
					"UDP port %u is taken by the vxlan device %s",
					key->port, dev->name);
		else
			CVS_ERR_MSG_FMT(extack, "The UDP port is taken by another socket",
					"UDP port %u is taken by another socket", key->port);
		break;
	case -EAFNOSUPPORT:
	case -EPFNOSUPPORT:
		NL_SET_ERR_MSG(extack, "This host has no IPv6");
		break;
	default:
		NL_SET_ERR_MSG(extack, "The UDP socket can't be made");
	}
}

static int open(struct net *net, struct cvs_udp *udp, struct netlink_ext_ack *extack)
{
	struct udp_port_cfg port = {
		.family = udp->key.family,
		.local_udp_port = htons(udp->key.port),
		.bind_ifindex = udp->key.ifindex,
		.ipv6_v6only = true,
		.use_udp_checksums = true,
		.use_udp6_tx_checksums = true,
		.use_udp6_rx_checksums = !udp->key.zero_checksum_rx,
	};
	struct udp_tunnel_sock_cfg tunnel = {
		.sk_user_data = udp,
		.encap_type = 1,
		.encap_rcv = cvs_decap,
		.encap_err_lookup = cvs_decap_error,
		.gro_receive = cvs_gro_receive,
		.gro_complete = cvs_gro_complete,
	};
	int err;

	err = udp_sock_create(net, &port, &udp->sock);
	if (err) {
		explain(net, &udp->key, err, extack);
		return err;
	}
	udp_allow_gso(udp->sock->sk);
	setup_udp_tunnel_sock(net, CVS_TUNNEL_SOCK(udp->sock), &tunnel);
	udp_tunnel_notify_add_rx_port(CVS_TUNNEL_SOCK(udp->sock), UDP_TUNNEL_TYPE_VXLAN);
	return 0;
}

static struct cvs_udp *create(struct net *net, const struct cvs_udp_key *key,
			      struct netlink_ext_ack *extack)
{
	struct cvs_udp *udp;
	int err;

	udp = kzalloc(sizeof(*udp), GFP_KERNEL_ACCOUNT);
	if (!udp)
		return ERR_PTR(-ENOMEM);
	udp->key = *key;
	err = rhashtable_init(&udp->vnis, &cvs_udp_params);
	if (err)
		goto err_free;
	err = open(net, udp, extack);
	if (err)
		goto err_table;
	list_add_tail(&udp->node, &cvs_net(net)->udps);
	return udp;

err_table:
	rhashtable_destroy(&udp->vnis);
err_free:
	kfree(udp);
	return ERR_PTR(err);
}

/* A socket that is what is wanted but for its zero-checksum-rx, or NULL. */
static struct cvs_udp *find(struct net *net, const struct cvs_udp_key *key)
{
	struct cvs_udp *udp;

	list_for_each_entry(udp, &cvs_net(net)->udps, node)
		if (udp->key.family == key->family && udp->key.port == key->port &&
		    udp->key.ifindex == key->ifindex)
			return udp;
	return NULL;
}

/**
 * cvs_udp_get() - the socket of a UDP port, made if it isn't there
 * @net: the namespace
 * @key: what is wanted
 * @mine: the socket that the tunnel has, or NULL. One that it shares with
 *	nobody will do whatever its zero-checksum-rx, and if there is none in the
 *	VRF that is wanted, whatever its VRF: see cvs_udp_set_zero_checksum() and
 *	cvs_udp_bind()
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: the socket, to be given back with cvs_udp_put(); or an error.
 */
struct cvs_udp *cvs_udp_get(struct net *net, const struct cvs_udp_key *key,
			    struct cvs_udp *mine, struct netlink_ext_ack *extack)
{
	bool alone = mine && mine->users == 1;
	struct cvs_udp *udp;

	ASSERT_RTNL();
	udp = find(net, key);
	/* Two VRFs don't exclude each other: a new socket asks whether the port is free there. */
	if (!udp && alone && mine->key.family == key->family && mine->key.port == key->port &&
	    (!mine->key.ifindex || !key->ifindex))
		udp = mine;
	if (!udp)
		udp = create(net, key, extack);
	if (IS_ERR(udp))
		return udp;
	if (udp->key.zero_checksum_rx != key->zero_checksum_rx && !(udp == mine && alone)) {
		NL_SET_ERR_MSG(extack,
			       "Another switch with this UDP port differs in zero-checksum-rx");
		return ERR_PTR(-EBUSY);
	}
	udp->users++;
	return udp;
}

/**
 * cvs_udp_bind() - have a socket receive in another VRF
 * @udp: the socket
 * @ifindex: the VRF, or 0
 * @extack: says why not
 *
 * A second socket could not have the port while the first has it.
 *
 * Context: RTNL, may sleep.
 * Return: 0 or -EPERM.
 */
int cvs_udp_bind(struct cvs_udp *udp, int ifindex, struct netlink_ext_ack *extack)
{
	int err;

	ASSERT_RTNL();
	if (udp->key.ifindex == ifindex)
		return 0;
	err = sock_bindtoindex(udp->sock->sk, ifindex, true);
	if (err)
		NL_SET_ERR_MSG(extack, "The UDP socket can't be bound to another VRF");
	else
		udp->key.ifindex = ifindex;
	return err;
}

/**
 * cvs_udp_set_zero_checksum() - accept IPv6 datagrams without a checksum, or not
 * @udp: the socket
 * @accept: whether to
 *
 * Context: RTNL.
 */
void cvs_udp_set_zero_checksum(struct cvs_udp *udp, bool accept)
{
	ASSERT_RTNL();
	if (udp->key.family != AF_INET6 || udp->key.zero_checksum_rx == accept)
		return;
	udp->key.zero_checksum_rx = accept;
	udp_set_no_check6_rx(udp->sock->sk, accept);
}

/**
 * cvs_udp_put() - give a socket back
 * @udp: the socket, in which the caller has no VNI any more
 *
 * Context: RTNL, may sleep.
 */
void cvs_udp_put(struct cvs_udp *udp)
{
	ASSERT_RTNL();
	if (--udp->users)
		return;
	list_del(&udp->node);
	udp_tunnel_notify_del_rx_port(CVS_TUNNEL_SOCK(udp->sock), UDP_TUNNEL_TYPE_VXLAN);
	udp_tunnel_sock_release(CVS_TUNNEL_SOCK(udp->sock));
	/* Not all kernels wait in there for who has the socket in hand. */
	synchronize_net();
	rhashtable_destroy(&udp->vnis);
	kfree(udp);
}

/**
 * cvs_udp_find_port() - whose VNI is this, at any socket of a UDP port?
 * @net: the namespace
 * @port: UDP port
 * @vni: the VNI
 *
 * Context: RTNL.
 * Return: it, or NULL.
 */
const struct cvs_vni *cvs_udp_find_port(struct net *net, u16 port, u32 vni)
{
	const struct cvs_vni *found = NULL;
	struct cvs_udp *udp;

	ASSERT_RTNL();
	rcu_read_lock();
	list_for_each_entry(udp, &cvs_net(net)->udps, node)
		if (udp->key.port == port && !found)
			found = cvs_udp_find(udp, vni);
	rcu_read_unlock();
	return found;
}

/**
 * cvs_udp_offload() - tell a network card which UDP ports are tunnels
 * @dev: the card, which asks for all that there are in its namespace
 * @on: or forgets them
 *
 * Context: RTNL.
 */
void cvs_udp_offload(struct net_device *dev, bool on)
{
	struct cvs_udp *udp;

	ASSERT_RTNL();
	list_for_each_entry(udp, &cvs_net(dev_net(dev))->udps, node) {
		if (on)
			udp_tunnel_push_rx_port(dev, CVS_TUNNEL_SOCK(udp->sock),
						UDP_TUNNEL_TYPE_VXLAN);
		else
			udp_tunnel_drop_rx_port(dev, CVS_TUNNEL_SOCK(udp->sock),
						UDP_TUNNEL_TYPE_VXLAN);
	}
}
