// SPDX-License-Identifier: GPL-2.0
#include "cvs_rtnl.h"

#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

#include "cvs_event.h"
#include "cvs_genl_gen.h"
#include "cvs_netdev.h"
#include "cvs_port.h"
#include "cvs_switch.h"

static void parse_neigh(struct nlattr **attrs, struct cvs_switch_config *config)
{
	if (attrs[CVSWITCH_A_SWITCH_NEIGH_SUPPRESS])
		config->neigh_suppress = nla_get_u32(attrs[CVSWITCH_A_SWITCH_NEIGH_SUPPRESS]);
	if (attrs[CVSWITCH_A_SWITCH_NEIGH_LEARNING])
		config->neigh_learning = nla_get_u32(attrs[CVSWITCH_A_SWITCH_NEIGH_LEARNING]);
	if (attrs[CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME])
		config->neigh.ageing_time =
			nla_get_u32(attrs[CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME]);
	if (attrs[CVSWITCH_A_SWITCH_NEIGH_MAX])
		config->neigh.max = nla_get_u32(attrs[CVSWITCH_A_SWITCH_NEIGH_MAX]);
	if (attrs[CVSWITCH_A_SWITCH_NEIGH_PORT_MAX])
		config->neigh.owner_max = nla_get_u32(attrs[CVSWITCH_A_SWITCH_NEIGH_PORT_MAX]);
}

/**
 * cvs_rtnl_parse() - take a switch's settings from attributes
 * @attrs: by CVSWITCH_A_SWITCH_*, each valid or NULL
 * @config: changed where there is an attribute
 */
void cvs_rtnl_parse(struct nlattr **attrs, struct cvs_switch_config *config)
{
	if (attrs[CVSWITCH_A_SWITCH_AGEING_TIME])
		config->ageing_time = nla_get_u32(attrs[CVSWITCH_A_SWITCH_AGEING_TIME]);
	if (attrs[CVSWITCH_A_SWITCH_VLAN_AWARE])
		config->vlan_aware = nla_get_u32(attrs[CVSWITCH_A_SWITCH_VLAN_AWARE]);
	if (attrs[CVSWITCH_A_SWITCH_SHORT_PATH])
		config->short_path = nla_get_u32(attrs[CVSWITCH_A_SWITCH_SHORT_PATH]) ==
				     CVSWITCH_SHORT_PATH_AUTO;
	if (attrs[CVSWITCH_A_SWITCH_FDB_MAX])
		config->fdb_max = nla_get_u32(attrs[CVSWITCH_A_SWITCH_FDB_MAX]);
	if (attrs[CVSWITCH_A_SWITCH_POLICY])
		config->closed = nla_get_u32(attrs[CVSWITCH_A_SWITCH_POLICY]) ==
				 CVSWITCH_POLICY_CLOSED;
	if (attrs[CVSWITCH_A_SWITCH_ACL_BUDGET])
		config->acl_budget = nla_get_u32(attrs[CVSWITCH_A_SWITCH_ACL_BUDGET]);
	parse_neigh(attrs, config);
}

/* Settings of neighbours and of rules. Context: RTNL. Return: 0 or -EMSGSIZE. */
int cvs_rtnl_put_rest(struct sk_buff *msg, const struct cvs_switch_config *config)
{
	if (nla_put_u32(msg, CVSWITCH_A_SWITCH_NEIGH_SUPPRESS, config->neigh_suppress) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_NEIGH_LEARNING, config->neigh_learning) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_NEIGH_AGEING_TIME, config->neigh.ageing_time) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_NEIGH_MAX, config->neigh.max) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_NEIGH_PORT_MAX, config->neigh.owner_max) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_POLICY,
			config->closed ? CVSWITCH_POLICY_CLOSED : CVSWITCH_POLICY_OPEN) ||
	    nla_put_u32(msg, CVSWITCH_A_SWITCH_ACL_BUDGET, config->acl_budget))
		return -EMSGSIZE;
	return 0;
}

static int validate(struct nlattr *tb[], struct nlattr *data[],
		    struct netlink_ext_ack *extack)
{
	static const int foreign[] = {
		CVSWITCH_A_SWITCH_IFINDEX,
		CVSWITCH_A_SWITCH_NAME,
		CVSWITCH_A_SWITCH_ADDRESS,
	};
	static const int state[] = {
		CVSWITCH_A_SWITCH_FDB_COUNT,
		CVSWITCH_A_SWITCH_PORT_COUNT,
		CVSWITCH_A_SWITCH_MTU,
		CVSWITCH_A_SWITCH_UP,
		CVSWITCH_A_SWITCH_OFFERED_MTU,
		CVSWITCH_A_SWITCH_NEIGH_COUNT,
	};
	int i;

	if (tb[IFLA_ADDRESS] &&
	    (nla_len(tb[IFLA_ADDRESS]) != ETH_ALEN ||
	     !is_valid_ether_addr(nla_data(tb[IFLA_ADDRESS])))) {
		NL_SET_ERR_MSG_ATTR(extack, tb[IFLA_ADDRESS],
				    "Address is a group address or zero");
		return -EADDRNOTAVAIL;
	}
	for (i = 0; data && i < ARRAY_SIZE(foreign); i++) {
		if (data[foreign[i]]) {
			NL_SET_ERR_MSG_ATTR(extack, data[foreign[i]],
					    "The link's own attribute says this");
			return -EINVAL;
		}
	}
	for (i = 0; data && i < ARRAY_SIZE(state); i++) {
		if (data[state[i]]) {
			NL_SET_ERR_MSG_ATTR(extack, data[state[i]], "Not a setting");
			return -EINVAL;
		}
	}
	return 0;
}

static int register_switch(struct net_device *dev, const struct cvs_switch_config *config)
{
	struct cvs_switch *sw = netdev_priv(dev);
	int err;

	err = register_netdevice(dev);
	if (err)
		return err;
	cvs_switch_set_config(sw, config);
	cvs_switch_publish(sw);
	return 0;
}

static int CVS_NEWLINK(newlink)
{
	struct cvs_switch_config config = cvs_switch_config_default;

	if (CVS_NEWLINK_DATA)
		cvs_rtnl_parse(CVS_NEWLINK_DATA, &config);
	if (CVS_NEWLINK_TB[IFLA_MTU])
		set_bit(CVS_SWITCH_MTU_BY_HAND,
			&((struct cvs_switch *)netdev_priv(dev))->flags);
	return register_switch(dev, &config);
}

static int changelink(struct net_device *dev, struct nlattr *tb[], struct nlattr *data[],
		      struct netlink_ext_ack *extack)
{
	struct cvs_switch *sw = netdev_priv(dev);
	struct cvs_switch_config config;

	if (!data)
		return 0;
	cvs_switch_get_config(sw, &config);
	cvs_rtnl_parse(data, &config);
	cvs_switch_set_config(sw, &config);
	cvs_event_switch(sw, CVSWITCH_CMD_SWITCH_SET_NTF);
	return 0;
}

static size_t get_size(const struct net_device *dev)
{
	return 12 * nla_total_size(sizeof(u32));
}

static int fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	const struct cvs_switch *sw = netdev_priv(dev);
	struct cvs_switch_config config;

	cvs_switch_get_config(sw, &config);
	if (nla_put_u32(skb, CVSWITCH_A_SWITCH_AGEING_TIME, config.ageing_time) ||
	    nla_put_u32(skb, CVSWITCH_A_SWITCH_VLAN_AWARE, config.vlan_aware) ||
	    nla_put_u32(skb, CVSWITCH_A_SWITCH_SHORT_PATH,
			config.short_path ? CVSWITCH_SHORT_PATH_AUTO :
					    CVSWITCH_SHORT_PATH_OFF) ||
	    nla_put_u32(skb, CVSWITCH_A_SWITCH_FDB_MAX, config.fdb_max) ||
	    nla_put_u32(skb, CVSWITCH_A_SWITCH_OFFERED_MTU, READ_ONCE(sw->offered_mtu)) ||
	    cvs_rtnl_put_rest(skb, &config))
		return -EMSGSIZE;
	return 0;
}

/**
 * cvs_rtnl_delete() - delete a switch
 * @dev: its device
 * @head: list of devices to unregister
 *
 * Context: RTNL, may sleep.
 */
void cvs_rtnl_delete(struct net_device *dev, struct list_head *head)
{
	cvs_switch_withdraw(netdev_priv(dev));
	unregister_netdevice_queue(dev, head);
}

struct rtnl_link_ops cvs_link_ops __read_mostly = {
	.kind = "cvswitch",
	.priv_size = sizeof(struct cvs_switch),
	.setup = cvs_netdev_setup,
	.maxtype = CVSWITCH_A_SWITCH_ACL_BUDGET,
	.policy = cvswitch_switch_set_nl_policy,
	.validate = validate,
	.newlink = newlink,
	.changelink = changelink,
	.dellink = cvs_rtnl_delete,
	.get_size = get_size,
	.fill_info = fill_info,
};

/**
 * cvs_rtnl_create() - create a switch by other means than a link message
 * @net: namespace
 * @name: name of the device
 * @addr: its address, or NULL for one at random
 * @config: settings
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: the device or an error; on error nothing has changed.
 */
struct net_device *cvs_rtnl_create(struct net *net, const char *name, const u8 *addr,
				   const struct cvs_switch_config *config,
				   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_MAX + 1] = {};
	struct net_device *dev;
	int err;

	dev = rtnl_create_link(net, name, NET_NAME_USER, &cvs_link_ops, tb, extack);
	if (IS_ERR(dev))
		return dev;
	if (addr) {
		eth_hw_addr_set(dev, addr);
		dev->addr_assign_type = NET_ADDR_SET;
	}
	err = register_switch(dev, config);
	if (err) {
		/* In whatever state the registration left it. */
		free_netdev(dev);
		return ERR_PTR(err);
	}
	/* Announces the link. It only fails for flags that we don't ask for. */
	rtnl_configure_link(dev, NULL, 0, NULL);
	return dev;
}
