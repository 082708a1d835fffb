/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the switch tells whoever listens. The model and the data path announce
 * here; the fronts put it into messages. Nothing of it can fail for the one
 * who announces: a message that can't be sent shows at its listeners.
 */
#ifndef CVS_EVENT_H
#define CVS_EVENT_H

#include <linux/cvswitch.h>
#include <linux/types.h>

struct cvs_fdb_change;
struct cvs_key;
struct cvs_group;
struct cvs_neigh_change;
struct cvs_port;
struct cvs_profile;
struct cvs_remote;
struct cvs_rule;
struct cvs_switch;
struct cvs_tunnel;
struct cvs_vni;
struct sk_buff;

/* Context: RTNL. @cmd: CVSWITCH_CMD_SWITCH_*_NTF */
void cvs_event_switch(const struct cvs_switch *sw, u8 cmd);

/* Context: RTNL, or RCU with GFP_ATOMIC. @cmd: CVSWITCH_CMD_PORT_*_NTF */
void cvs_event_port(const struct cvs_port *port, u8 cmd, gfp_t gfp);

/* Context: RTNL. @cmd: CVSWITCH_CMD_VLAN_ADD_NTF or ..._DEL_NTF */
void cvs_event_vlan(const struct cvs_port *port, u8 cmd, u16 first, u16 last,
		    bool pvid, bool untagged);

/* Context: RTNL. @cmd: CVSWITCH_CMD_TUNNEL_*_NTF, _REMOTE_*_NTF, _VNI_*_NTF */
void cvs_event_tunnel(const struct cvs_switch *sw, u8 cmd);
void cvs_event_remote(const struct cvs_remote *remote, u8 cmd);
void cvs_event_vni(const struct cvs_tunnel *tunnel, const struct cvs_vni *vni, u8 cmd);

/* Context: RTNL. @cmd: CVSWITCH_CMD_PROFILE_*_NTF, CVSWITCH_CMD_GROUP_*_NTF */
void cvs_event_profile(const struct cvs_profile *profile, u8 cmd);
void cvs_event_group(const struct cvs_switch *sw, const struct cvs_group *group, u8 cmd);

/* Context: RCU, no lock of ours. */
void cvs_event_fdb(struct cvs_switch *sw, const struct cvs_fdb_change *change);
void cvs_event_neigh(struct cvs_switch *sw, const struct cvs_neigh_change *change);

/* Context: RCU, BH off. @key is all 0 when the frame was never read. */
void cvs_event_drop(struct cvs_port *port, const struct cvs_key *key,
		    unsigned int ethertype, unsigned int len,
		    enum cvswitch_drop_reason reason);

/*
 * A rule with log matched a frame. Context: RCU, BH off. @port: whose rule it is;
 * @skb: the frame, its data behind the Ethernet header
 */
void cvs_event_acl(const struct cvs_port *port, const struct cvs_port *in,
		   const struct cvs_profile *profile, const struct cvs_rule *rule,
		   const struct sk_buff *skb, u16 vid);

#endif /* CVS_EVENT_H */
