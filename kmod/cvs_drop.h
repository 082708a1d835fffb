/* SPDX-License-Identifier: GPL-2.0 */
/* The end of a frame that goes no further: one reason, counted once. */
#ifndef CVS_DROP_H
#define CVS_DROP_H

#include <linux/cvswitch.h>
#include <linux/types.h>

struct cvs_packet;
struct cvs_port;
struct sk_buff;

/* Reasons by name, in the order of &enum cvswitch_drop_reason. */
#define CVS_DROP_NAMES(_, __)						\
	_(INVALID_SOURCE, "invalid-source")				\
	_(OWN_SOURCE, "own-source")					\
	_(LINK_LOCAL, "link-local")					\
	_(BPDU_GUARD, "bpdu-guard")					\
	_(SWITCH_DOWN, "switch-down")					\
	_(PORT_DOWN, "port-down")					\
	_(MALFORMED, "malformed")					\
	_(VLAN_INGRESS, "vlan-ingress")					\
	_(VLAN_EGRESS, "vlan-egress")					\
	_(SAME_PORT, "same-port")					\
	_(ISOLATED, "isolated")						\
	_(STORM_UNICAST, "storm-unicast")				\
	_(STORM_MULTICAST, "storm-multicast")				\
	_(STORM_BROADCAST, "storm-broadcast")				\
	_(NO_RECEIVER, "no-receiver")					\
	_(TOO_BIG, "too-big")						\
	_(TX_REFUSED, "tx-refused")					\
	_(NO_MEMORY, "no-memory")					\
	_(TUNNEL_UNKNOWN_VTEP, "tunnel-unknown-vtep")			\
	_(TUNNEL_WRONG_VTEP, "tunnel-wrong-vtep")			\
	_(TUNNEL_RESERVED, "tunnel-reserved")				\
	_(TUNNEL_ECN, "tunnel-ecn")					\
	_(TUNNEL_NO_VNI, "tunnel-no-vni")				\
	_(TUNNEL_NO_ROUTE, "tunnel-no-route")				\
	_(TUNNEL_LOOP, "tunnel-loop")					\
	_(TUNNEL_TOO_BIG, "tunnel-too-big")				\
	_(TUNNEL_QUEUE_FULL, "tunnel-queue-full")			\
	_(ACL_INGRESS, "acl-ingress")					\
	_(ACL_EGRESS, "acl-egress")					\
	_(ACL_REJECT, "acl-reject")					\
	_(ACL_DEFAULT, "acl-default")					\
	_(ACL_CLOSED, "acl-closed")					\
	_(SPOOFED_MAC, "spoofed-mac")					\
	_(SPOOFED_IP4, "spoofed-ip4")					\
	_(SPOOFED_IP6, "spoofed-ip6")					\
	_(SPOOFED_ARP, "spoofed-arp")					\
	_(SPOOFED_ND, "spoofed-nd")					\
	_(DHCP_SERVER, "dhcp-server")					\
	_(ROUTER_ADVERT, "router-advert")				\
	__(ACL_MALFORMED, "acl-malformed")

extern const char * const cvs_drop_names[];

void cvs_drop(const struct cvs_packet *pkt, enum cvswitch_drop_reason reason);
void cvs_drop_at(const struct cvs_packet *pkt, struct sk_buff *skb,
		 struct cvs_port *port, enum cvswitch_drop_reason reason);
void cvs_drop_gone(const struct cvs_packet *pkt, struct cvs_port *port,
		   unsigned int len, enum cvswitch_drop_reason reason);

#endif /* CVS_DROP_H */
