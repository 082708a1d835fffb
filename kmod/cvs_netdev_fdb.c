// SPDX-License-Identifier: GPL-2.0
/* bridge fdb { add | del | show } ... dev SWITCH self */
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/neighbour.h>

#include "cvs_fdb.h"
#include "cvs_fdb_request.h"
#include "cvs_netdev.h"
#include "cvs_port.h"
#include "cvs_remote.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

/* Where an entry is to be: "via DEVICE", or "dst ADDRESS" for a remote. */
static struct cvs_fdb_owner *get_owner(struct cvs_switch *sw, struct nlattr *tb[],
				       struct netlink_ext_ack *extack)
{
	struct cvs_tunnel *tunnel;
	struct cvs_remote *remote;
	struct cvs_port *port;
	struct in6_addr addr;

	if (!tb[NDA_DST]) {
		if (!tb[NDA_IFINDEX] || nla_len(tb[NDA_IFINDEX]) != sizeof(u32)) {
			NL_SET_ERR_MSG(extack, "Port (via DEVICE) or remote (dst ADDRESS) missing");
			return ERR_PTR(-EINVAL);
		}
		port = cvs_switch_port(sw, nla_get_u32(tb[NDA_IFINDEX]), extack);
		return IS_ERR(port) ? ERR_CAST(port) : &port->fdb;
	}
	if (tb[NDA_IFINDEX] ||
	    cvs_vtep_load(&addr, nla_data(tb[NDA_DST]), nla_len(tb[NDA_DST]))) {
		NL_SET_ERR_MSG(extack, "A remote is an IP address, and no port besides");
		return ERR_PTR(-EINVAL);
	}
	tunnel = cvs_tunnel_get(sw, extack);
	if (IS_ERR(tunnel))
		return ERR_CAST(tunnel);
	remote = cvs_remote_get(tunnel, &addr, extack);
	return IS_ERR(remote) ? ERR_CAST(remote) : &remote->fdb;
}

int CVS_NDO_FDB_ADD(cvs_netdev_fdb_add)
{
	struct cvs_switch *sw = netdev_priv(dev);
	enum cvswitch_fdb_kind kind;
	struct cvs_fdb_owner *owner;

	if (tb[NDA_VNI] || tb[NDA_PORT] || tb[NDA_NH_ID]) {
		NL_SET_ERR_MSG(extack, "Only MAC address, VLAN and port or remote make an entry");
		return -EINVAL;
	}
	if (ndm->ndm_state & NUD_REACHABLE) {
		NL_SET_ERR_MSG(extack, "Dynamic entries are learned, not added");
		return -EINVAL;
	}
	owner = get_owner(sw, tb, extack);
	if (IS_ERR(owner))
		return PTR_ERR(owner);

	kind = ndm->ndm_flags & NTF_STICKY ? CVSWITCH_FDB_KIND_STICKY :
					     CVSWITCH_FDB_KIND_STATIC;
	return cvs_fdb_request_add(sw, owner, addr, vid, kind, flags & NLM_F_REPLACE,
				   extack);
}

int CVS_NDO_FDB_DEL(cvs_netdev_fdb_del)
{
	return cvs_fdb_request_del(netdev_priv(dev), addr, vid, extack);
}

static u16 ndm_state(enum cvswitch_fdb_kind kind)
{
	switch (kind) {
	case CVSWITCH_FDB_KIND_LOCAL:
		return NUD_PERMANENT;
	case CVSWITCH_FDB_KIND_STATIC:
		return NUD_NOARP;
	default:
		return NUD_REACHABLE;
	}
}

static int put_owner(struct sk_buff *skb, const struct net_device *dev,
		     struct cvs_fdb_owner *owner)
{
	const struct cvs_port *port = cvs_port_of_owner(owner);
	u8 addr[sizeof(struct in6_addr)];

	if (test_bit(CVS_PORT_TUNNEL, &port->flags))
		return nla_put(skb, NDA_DST,
			       cvs_vtep_store(addr, &cvs_remote_of_owner(owner)->addr), addr);
	return port->dev == dev ? 0 : nla_put_u32(skb, NDA_IFINDEX, port->dev->ifindex);
}

static int fill(struct sk_buff *skb, const struct netlink_callback *cb,
		const struct net_device *dev, const u8 *addr, u16 vid,
		enum cvswitch_fdb_kind kind, struct cvs_fdb_owner *owner)
{
	struct nlmsghdr *nlh;
	struct ndmsg *ndm;

	nlh = nlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			RTM_NEWNEIGH, sizeof(*ndm), NLM_F_MULTI);
	if (!nlh)
		return -EMSGSIZE;
	ndm = nlmsg_data(nlh);
	memset(ndm, 0, sizeof(*ndm));
	ndm->ndm_family = PF_BRIDGE;
	ndm->ndm_flags = NTF_SELF | (kind == CVSWITCH_FDB_KIND_STICKY ? NTF_STICKY : 0);
	ndm->ndm_ifindex = dev->ifindex;
	ndm->ndm_state = ndm_state(kind);

	if (nla_put(skb, NDA_LLADDR, ETH_ALEN, addr) ||
	    (vid && nla_put_u16(skb, NDA_VLAN, vid)) ||
	    put_owner(skb, dev, owner)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/*
 * The core hands *@idx back in the next part of the dump, as what was reached:
 * here 0 is the switch's own address, and n the entry with number n - 1.
 */
int cvs_netdev_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb,
			struct net_device *dev, struct net_device *filter_dev,
			int *idx)
{
	static const struct cvs_fdb_filter filter = {
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_ALL,
	};
	struct cvs_switch *sw = netdev_priv(dev);
	struct cvs_fdb_entry *entry;
	unsigned long id = cvs_fdb_dump_idx(cb);
	u8 addr[ETH_ALEN];
	int err = 0;

	if (!id)
		err = fill(skb, cb, dev, dev->dev_addr, 0, CVSWITCH_FDB_KIND_LOCAL,
			   &sw->host->fdb);
	else
		id--;

	rcu_read_lock();
	/* All match, so the walk never pauses. */
	for (; !err && (entry = cvs_fdb_walk(&sw->fdb, &id, &filter)); id++) {
		*idx = id + 1;
		cvs_mac_store(addr, entry->key);
		err = fill(skb, cb, dev, addr, cvs_fdb_key_vid(entry->key),
			   READ_ONCE(entry->kind), READ_ONCE(entry->owner));
	}
	rcu_read_unlock();
	if (!err)
		*idx = id + 1;
	return err;
}
