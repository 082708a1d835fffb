/* SPDX-License-Identifier: GPL-2.0 */
/* A frame's walk through the switch. */
#ifndef CVS_DATAPATH_H
#define CVS_DATAPATH_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>

#include "cvs_flow.h"
#include "cvs_key.h"
#include "cvs_port_acl.h"

struct cvs_fdb_owner;
struct cvs_port;
struct cvs_rule_list;
struct cvs_switch;

/* What is known of a frame's headers. */
enum cvs_packet_flow {
	CVS_PACKET_UNREAD,
	CVS_PACKET_READ,
	CVS_PACKET_MALFORMED,
};

/**
 * struct cvs_answer - what rules said, which they say again of the same frame
 * @list: the rules
 * @at: the place of the first that matches
 */
struct cvs_answer {
	const struct cvs_rule_list *list;
	u32 at;
};

/**
 * struct cvs_packet - a frame on its walk
 * @skb: the frame, ours alone; its data begins behind the Ethernet header
 * @in: the port it came in by
 * @sw: the switch
 * @flags: the switch's flags, read once
 * @key: what was read of the frame
 * @flow_state: whether its headers were read; not before somebody asks
 * @answered: tiers that have answered about a port that the frame may leave by
 * @answers: where they found a rule; @answered says which are there
 * @flow: the headers
 */
struct cvs_packet {
	struct sk_buff *skb;
	struct cvs_port *in;
	struct cvs_switch *sw;
	unsigned long flags;
	struct cvs_key key;
	enum cvs_packet_flow flow_state;
	u32 answered;
	struct cvs_answer answers[CVS_TIERS];
	struct cvs_flow flow;
};

rx_handler_result_t cvs_handle_frame(struct sk_buff **pskb);
rx_handler_result_t cvs_handle_tunnel(struct cvs_packet *pkt, struct cvs_fdb_owner *from,
				      u16 vid);
netdev_tx_t cvs_host_xmit(struct sk_buff *skb, struct net_device *dev);

#endif /* CVS_DATAPATH_H */
