/* SPDX-License-Identifier: GPL-2.0 */
/* VNIs: which VLAN of which tunnel a frame belongs to, and the other way round. */
#ifndef CVS_VNI_H
#define CVS_VNI_H

#include <linux/cvswitch.h>
#include <linux/if_vlan.h>
#include <linux/rhashtable.h>

struct cvs_tunnel;
struct cvs_udp;
struct cvs_vlan_set;
struct netlink_ext_ack;

/* The VLAN of a switch that ignores VLANs. */
#define CVS_VNI_OWN_VLAN	1

/**
 * struct cvs_vni - a VNI of a tunnel, never changed once published
 * @vni: the VNI
 * @vid: its VLAN
 * @tunnel: the tunnel
 * @node: in the table of the UDP port
 * @rcu: for freeing
 */
struct cvs_vni {
	u32 vni;
	u16 vid;
	struct cvs_tunnel *tunnel;
	struct rhash_head node;
	struct rcu_head rcu;
};

/**
 * struct cvs_vni_map - a tunnel's VNIs by VLAN; written under RTNL
 * @own: that of CVS_VNI_OWN_VLAN
 * @by_vid: those of the others; NULL before there is one
 * @count: all of them
 */
struct cvs_vni_map {
	struct cvs_vni __rcu *own;
	struct cvs_vni __rcu **by_vid;
	u32 count;
};

/**
 * struct cvs_vni_move - VNIs on their way to another socket, or to another own VNI
 * @udp: the socket
 * @entries: those that will be the tunnel's; they are in the socket's table
 * @count: length of @entries
 * @set: VLANs that the tunnel's port will be a member of
 * @all: all VNIs move
 * @own_changes: the own VNI becomes another one
 */
struct cvs_vni_move {
	struct cvs_udp *udp;
	struct cvs_vni **entries;
	u32 count;
	struct cvs_vlan_set *set;
	bool all;
	bool own_changes;
};

/**
 * cvs_vni_of() - the VNI of a VLAN
 * @map: the tunnel's VNIs
 * @vid: the VLAN; 0 in a switch that ignores VLANs
 *
 * Context: RCU.
 * Return: it, or NULL.
 */
static inline const struct cvs_vni *cvs_vni_of(const struct cvs_vni_map *map, u16 vid)
{
	struct cvs_vni __rcu **by_vid;

	if (vid <= CVS_VNI_OWN_VLAN)
		return rcu_dereference(map->own);
	by_vid = READ_ONCE(map->by_vid);
	return by_vid ? rcu_dereference(by_vid[vid]) : NULL;
}

const struct cvs_vni *cvs_vni_get(const struct cvs_tunnel *tunnel, u16 vid);
const struct cvs_vni *cvs_vni_find(const struct cvs_tunnel *tunnel, u32 vni);
int cvs_vni_add(struct cvs_tunnel *tunnel, u32 vni, u16 vid, struct netlink_ext_ack *extack);
int cvs_vni_del(struct cvs_tunnel *tunnel, u16 vid);
void cvs_vni_del_all(struct cvs_tunnel *tunnel);
void cvs_vni_map_free(struct cvs_vni_map *map);
int cvs_vni_prepare(struct cvs_tunnel *tunnel, struct cvs_udp *udp, s32 own,
		    struct cvs_vni_move *move, struct netlink_ext_ack *extack);
void cvs_vni_abort(struct cvs_vni_move *move);
void cvs_vni_commit(struct cvs_tunnel *tunnel, struct cvs_vni_move *move);

#endif /* CVS_VNI_H */
