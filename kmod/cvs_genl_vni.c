// SPDX-License-Identifier: GPL-2.0
#include "cvs_genl.h"

#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "cvs_event.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"
#include "cvs_vni.h"

/* What the VLAN is to those who ask: a switch that ignores VLANs has none. */
static u16 shown_vid(const struct cvs_tunnel *tunnel, const struct cvs_vni *vni)
{
	bool aware = test_bit(CVS_SWITCH_VLAN_AWARE, &tunnel->sw->flags);

	return vni->vid == CVS_VNI_OWN_VLAN && !aware ? 0 : vni->vid;
}

static int fill_vni(struct sk_buff *msg, const struct cvs_tunnel *tunnel,
		    const struct cvs_vni *vni, const struct cvs_genl_hdr *hdr)
{
	void *head;

	head = cvs_genl_put_hdr(msg, hdr);
	if (!head)
		return -EMSGSIZE;
	if (nla_put_u32(msg, CVSWITCH_A_VNI_SWITCH, tunnel->sw->dev->ifindex) ||
	    nla_put_u32(msg, CVSWITCH_A_VNI_VNI, vni->vni) ||
	    nla_put_u32(msg, CVSWITCH_A_VNI_VLAN, shown_vid(tunnel, vni))) {
		genlmsg_cancel(msg, head);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, head);
	return 0;
}

void cvs_event_vni(const struct cvs_tunnel *tunnel, const struct cvs_vni *vni, u8 cmd)
{
	const struct cvs_genl_hdr hdr = { .cmd = cmd };
	struct sk_buff *msg;

	if (!cvs_genl_listening(tunnel->sw, CVSWITCH_NLGRP_CONFIG))
		return;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (msg)
		fill_vni(msg, tunnel, vni, &hdr);
	cvs_genl_notify(tunnel->sw, msg, CVSWITCH_NLGRP_CONFIG, GFP_KERNEL);
}

static int reply(struct sk_buff *msg, const struct cvs_tunnel *tunnel,
		 const struct cvs_vni *vni, struct genl_info *info)
{
	const struct cvs_genl_hdr hdr = cvs_genl_reply_hdr(info, info->genlhdr->cmd);

	fill_vni(msg, tunnel, vni, &hdr);
	return genlmsg_reply(msg, info);
}

/* The tunnel of a request's switch. */
static struct cvs_tunnel *need_tunnel(struct genl_info *info)
{
	if (cvs_genl_need_switch(info))
		return ERR_PTR(-EINVAL);
	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_VNI_VNI)) {
		NL_SET_ERR_MSG(info->extack, "VNI missing");
		return ERR_PTR(-EINVAL);
	}
	return cvs_genl_tunnel(info);
}

static const struct cvs_vni *get_vni(const struct cvs_tunnel *tunnel, struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_VNI_VNI];
	const struct cvs_vni *vni = cvs_vni_find(tunnel, nla_get_u32(attr));

	if (vni)
		return vni;
	NL_SET_ERR_MSG_ATTR(info->extack, attr, "No VLAN of this switch has this VNI");
	return ERR_PTR(-ENOENT);
}

int cvswitch_nl_vni_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_tunnel *tunnel = need_tunnel(info);
	const struct cvs_vni *vni;
	struct sk_buff *msg;

	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	vni = get_vni(tunnel, info);
	if (IS_ERR(vni))
		return PTR_ERR(vni);
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	return msg ? reply(msg, tunnel, vni, info) : -ENOMEM;
}

static int dump_vnis(struct sk_buff *msg, struct netlink_callback *cb, struct cvs_switch *sw,
		     const void *arg)
{
	const struct cvs_genl_hdr hdr = cvs_genl_dump_hdr(cb, CVSWITCH_CMD_VNI_GET);
	const struct nlattr *attr = cvs_dump_attrs(cb)[CVSWITCH_A_VNI_VNI];
	const struct cvs_tunnel *tunnel = rtnl_dereference(sw->tunnel);
	struct cvs_dump *at = cvs_dump(cb);
	const struct cvs_vni *vni;
	int err;

	for (; tunnel && at->id < VLAN_N_VID; at->id++) {
		vni = cvs_vni_get(tunnel, at->id);
		if (!vni || (attr && nla_get_u32(attr) != vni->vni))
			continue;
		err = fill_vni(msg, tunnel, vni, &hdr);
		if (err)
			return err;
	}
	return 0;
}

int cvswitch_nl_vni_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return cvs_genl_dump_switches(skb, cb, &cvs_net(sock_net(skb->sk))->config_seq,
				      dump_vnis, NULL);
}

/* Which VLAN is to have the VNI? */
static int get_vid(struct genl_info *info, const struct cvs_tunnel *tunnel, u16 *vid)
{
	const struct nlattr *attr = info->attrs[CVSWITCH_A_VNI_VLAN];

	if (GENL_REQ_ATTR_CHECK(info, CVSWITCH_A_VNI_VLAN) || !nla_get_u32(attr)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "VLAN missing");
		return -EINVAL;
	}
	*vid = nla_get_u32(attr);
	if (*vid == CVS_VNI_OWN_VLAN) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "The VNI of VLAN 1 is the tunnel's own (tunnel set)");
		return -EINVAL;
	}
	if (!test_bit(CVS_SWITCH_VLAN_AWARE, &tunnel->sw->flags)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "Switch ignores VLANs (vlan-aware is off)");
		return -EINVAL;
	}
	if (cvs_vni_get(tunnel, *vid)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "VLAN has a VNI");
		return -EEXIST;
	}
	return 0;
}

int cvswitch_nl_vni_add_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_tunnel *tunnel = need_tunnel(info);
	struct sk_buff *msg;
	u16 vid;
	int err;

	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	err = get_vid(info, tunnel, &vid);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	err = cvs_vni_add(tunnel, nla_get_u32(info->attrs[CVSWITCH_A_VNI_VNI]), vid,
			  info->extack);
	if (err) {
		NL_SET_BAD_ATTR(info->extack, info->attrs[CVSWITCH_A_VNI_VNI]);
		nlmsg_free(msg);
		return err;
	}
	return reply(msg, tunnel, cvs_vni_get(tunnel, vid), info);
}

int cvswitch_nl_vni_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct cvs_tunnel *tunnel = need_tunnel(info);
	const struct cvs_vni *vni;

	if (IS_ERR(tunnel))
		return PTR_ERR(tunnel);
	vni = get_vni(tunnel, info);
	if (IS_ERR(vni))
		return PTR_ERR(vni);
	if (vni->vid == CVS_VNI_OWN_VLAN) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[CVSWITCH_A_VNI_VNI],
				    "This VNI goes with the tunnel");
		return -EBUSY;
	}
	return cvs_vni_del(tunnel, vni->vid);
}
