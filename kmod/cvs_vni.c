// SPDX-License-Identifier: GPL-2.0
#include "cvs_vni.h"

#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"
#include "cvs_udp.h"
#include "cvs_vlan.h"

static struct net *net_of(const struct cvs_tunnel *tunnel)
{
	return dev_net(tunnel->sw->dev);
}

/* Where a VLAN's VNI is kept, or NULL if there is no place for it yet. */
static struct cvs_vni __rcu **slot(const struct cvs_vni_map *map, u16 vid)
{
	if (vid == CVS_VNI_OWN_VLAN)
		return (struct cvs_vni __rcu **)&map->own;
	return map->by_vid ? &map->by_vid[vid] : NULL;
}

/* Context: RTNL. Return: the VNI of a VLAN, or NULL. */
const struct cvs_vni *cvs_vni_get(const struct cvs_tunnel *tunnel, u16 vid)
{
	struct cvs_vni __rcu **at = slot(&tunnel->vnis, vid);

	return at ? rtnl_dereference(*at) : NULL;
}

/* Context: RTNL. Return: a VNI of this tunnel, or NULL. */
const struct cvs_vni *cvs_vni_find(const struct cvs_tunnel *tunnel, u32 vni)
{
	const struct cvs_vni *found;

	rcu_read_lock();
	found = cvs_udp_find(tunnel->udp, vni);
	rcu_read_unlock();
	return found && found->tunnel == tunnel ? found : NULL;
}

static struct cvs_vni *create(struct cvs_tunnel *tunnel, u32 vni, u16 vid)
{
	struct cvs_vni *entry = kzalloc(sizeof(*entry), GFP_KERNEL_ACCOUNT);

	if (entry) {
		entry->vni = vni;
		entry->vid = vid;
		entry->tunnel = tunnel;
	}
	return entry;
}

static int make_room(struct cvs_vni_map *map, u16 vid)
{
	struct cvs_vni __rcu **by_vid;

	if (vid == CVS_VNI_OWN_VLAN || map->by_vid)
		return 0;
	by_vid = kvcalloc(VLAN_N_VID, sizeof(*by_vid), GFP_KERNEL_ACCOUNT);
	if (!by_vid)
		return -ENOMEM;
	/* Readers see zeroes, or not yet anything. */
	smp_store_release(&map->by_vid, by_vid);
	return 0;
}

/* The tunnel's port is a member of the VLANs that have a VNI. */
static void set_member(struct cvs_tunnel *tunnel, struct cvs_vlan_set *set, u16 vid, bool is)
{
	const struct cvs_vlan_set *old = rtnl_dereference(tunnel->port->vlans);

	if (is)
		cvs_vlan_set_add(set, vid, vid, false, true);
	else
		cvs_vlan_set_del(set, vid, vid);
	rcu_assign_pointer(tunnel->port->vlans, set);
	cvs_vlan_set_free_rcu(old);
}

static int check(const struct cvs_tunnel *tunnel, u32 vni, u16 port,
		 struct netlink_ext_ack *extack)
{
	const struct cvs_vni *other = cvs_udp_find_port(net_of(tunnel), port, vni);

	if (!other || other->tunnel == tunnel)
		return 0;
	CVS_ERR_MSG_FMT(extack, "The VNI belongs to another switch",
			"VNI %u belongs to %s", vni, other->tunnel->sw->dev->name);
	return -EEXIST;
}

/**
 * cvs_vni_add() - give a VLAN a VNI
 * @tunnel: the tunnel
 * @vni: the VNI
 * @vid: a VLAN that has none
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: 0, -EEXIST if a switch of the namespace has the VNI at the same UDP
 * port, or an error; on error nothing has changed.
 */
int cvs_vni_add(struct cvs_tunnel *tunnel, u32 vni, u16 vid, struct netlink_ext_ack *extack)
{
	struct cvs_vlan_set *set;
	struct cvs_vni *entry;
	int err;

	ASSERT_RTNL();
	err = check(tunnel, vni, tunnel->udp->key.port, extack) ?:
	      make_room(&tunnel->vnis, vid);
	if (err)
		return err;
	set = cvs_vlan_set_dup(rtnl_dereference(tunnel->port->vlans));
	entry = create(tunnel, vni, vid);
	err = set && entry ? 0 : -ENOMEM;
	if (!err)
		err = rhashtable_lookup_insert_fast(&tunnel->udp->vnis, &entry->node,
						    cvs_udp_params);
	if (err) {
		if (err == -EEXIST)
			NL_SET_ERR_MSG(extack, "Another VLAN of this switch has this VNI");
		kfree(entry);
		kfree(set);
		return err;
	}
	rcu_assign_pointer(*slot(&tunnel->vnis, vid), entry);
	tunnel->vnis.count++;
	set_member(tunnel, set, vid, true);
	cvs_switch_touch(tunnel->sw);
	cvs_event_vni(tunnel, entry, CVSWITCH_CMD_VNI_ADD_NTF);
	return 0;
}

/* Take a VNI out of the data path. Return: it, to be freed; or NULL. */
static struct cvs_vni *withdraw(struct cvs_tunnel *tunnel, u16 vid)
{
	struct cvs_vni __rcu **at = slot(&tunnel->vnis, vid);
	struct cvs_vni *entry = at ? rtnl_dereference(*at) : NULL;

	if (!entry)
		return NULL;
	rhashtable_remove_fast(&tunnel->udp->vnis, &entry->node, cvs_udp_params);
	RCU_INIT_POINTER(*at, NULL);
	tunnel->vnis.count--;
	return entry;
}

/* What was learned from remotes in a VLAN, or is sticky there. */
static void forget(struct cvs_tunnel *tunnel, u16 vid)
{
	const struct cvs_fdb_filter filter = {
		.port = tunnel->port,
		.vid_first = vid == CVS_VNI_OWN_VLAN ? 0 : vid,
		.vid_last = vid,
		.kinds = CVS_FDB_KINDS_AGEING,
	};
	const struct cvs_neigh_filter neighs = {
		.port = tunnel->port,
		.vid_first = filter.vid_first,
		.vid_last = vid,
		.kinds = BIT(CVSWITCH_NEIGH_KIND_LEARNED),
	};

	cvs_fdb_flush(&tunnel->sw->fdb, &filter);
	cvs_neigh_flush(&tunnel->sw->neighs, &neighs);
}

/**
 * cvs_vni_del() - take a VLAN's VNI away
 * @tunnel: the tunnel
 * @vid: the VLAN; one that has none is left alone
 *
 * Context: RTNL, may sleep.
 * Return: 0, or -ENOMEM and nothing has changed.
 */
int cvs_vni_del(struct cvs_tunnel *tunnel, u16 vid)
{
	struct cvs_vlan_set *set;
	struct cvs_vni *entry;

	ASSERT_RTNL();
	if (!cvs_vni_get(tunnel, vid))
		return 0;
	set = cvs_vlan_set_dup(rtnl_dereference(tunnel->port->vlans));
	if (!set)
		return -ENOMEM;
	entry = withdraw(tunnel, vid);
	set_member(tunnel, set, vid, false);
	/* Frames that came by it may still learn. */
	synchronize_net();
	forget(tunnel, vid);
	cvs_switch_touch(tunnel->sw);
	cvs_event_vni(tunnel, entry, CVSWITCH_CMD_VNI_DEL_NTF);
	kfree(entry);
	return 0;
}

/**
 * cvs_vni_del_all() - take all VNIs of a tunnel that goes out of the data path
 * @tunnel: the tunnel
 *
 * Context: RTNL.
 */
void cvs_vni_del_all(struct cvs_tunnel *tunnel)
{
	struct cvs_vni *entry;
	unsigned int vid;

	ASSERT_RTNL();
	for (vid = 0; vid < VLAN_N_VID && tunnel->vnis.count; vid++) {
		entry = withdraw(tunnel, vid);
		if (entry)
			kfree_rcu(entry, rcu);
	}
}

/* Context: after the last reader. */
void cvs_vni_map_free(struct cvs_vni_map *map)
{
	kvfree(map->by_vid);
}

/* Does a move give this VLAN another entry? */
static bool is_moved(const struct cvs_vni_move *move, u16 vid)
{
	return move->all || (vid == CVS_VNI_OWN_VLAN && move->own_changes);
}

static void take_back(struct cvs_vni_move *move)
{
	while (move->count--) {
		struct cvs_vni *entry = move->entries[move->count];

		rhashtable_remove_fast(&move->udp->vnis, &entry->node, cvs_udp_params);
		kfree_rcu(entry, rcu);
	}
}

/* Have one VNI receive at the socket moved to. */
static int move_one(struct cvs_tunnel *tunnel, struct cvs_vni_move *move, u32 vni, u16 vid,
		    struct netlink_ext_ack *extack)
{
	struct cvs_vni *entry;
	int err;

	err = check(tunnel, vni, move->udp->key.port, extack);
	if (err)
		return err;
	entry = create(tunnel, vni, vid);
	if (!entry)
		return -ENOMEM;
	err = rhashtable_lookup_insert_fast(&move->udp->vnis, &entry->node, cvs_udp_params);
	if (err) {
		if (err == -EEXIST)
			NL_SET_ERR_MSG(extack, "Another VLAN of this switch has this VNI");
		kfree(entry);
		return err;
	}
	move->entries[move->count++] = entry;
	return 0;
}

/**
 * cvs_vni_prepare() - prepare for another socket, another own VNI, or both
 * @tunnel: the tunnel
 * @udp: the socket, or the one that the tunnel has
 * @own: the switch's own VNI, or -1
 * @move: what is prepared, for cvs_vni_commit() or cvs_vni_abort()
 * @extack: says why not
 *
 * From here on the VNIs receive at @udp as well.
 *
 * Context: RTNL, may sleep.
 * Return: 0 or an error; on error nothing has changed.
 */
int cvs_vni_prepare(struct cvs_tunnel *tunnel, struct cvs_udp *udp, s32 own,
		    struct cvs_vni_move *move, struct netlink_ext_ack *extack)
{
	const struct cvs_vni *old = cvs_vni_get(tunnel, CVS_VNI_OWN_VLAN);
	unsigned int vid;
	int err = 0;

	ASSERT_RTNL();
	*move = (struct cvs_vni_move) {
		.udp = udp,
		.all = udp != tunnel->udp,
		.own_changes = own != (old ? (s32)old->vni : -1),
		.entries = kvcalloc(tunnel->vnis.count + 1, sizeof(*move->entries),
				    GFP_KERNEL),
		.set = cvs_vlan_set_dup(rtnl_dereference(tunnel->port->vlans)),
	};
	if (!move->entries || !move->set)
		err = -ENOMEM;
	for (vid = CVS_VNI_OWN_VLAN; vid < VLAN_N_VID && !err; vid++) {
		old = cvs_vni_get(tunnel, vid);
		if (!is_moved(move, vid))
			continue;
		if (vid == CVS_VNI_OWN_VLAN && own >= 0)
			err = move_one(tunnel, move, own, vid, extack);
		else if (vid != CVS_VNI_OWN_VLAN && old)
			err = move_one(tunnel, move, old->vni, vid, extack);
	}
	if (err) {
		cvs_vni_abort(move);
		return err;
	}
	if (own >= 0)
		cvs_vlan_set_add(move->set, CVS_VNI_OWN_VLAN, CVS_VNI_OWN_VLAN, false, true);
	else
		cvs_vlan_set_del(move->set, CVS_VNI_OWN_VLAN, CVS_VNI_OWN_VLAN);
	return 0;
}

/* Context: RTNL. Undo cvs_vni_prepare(). */
void cvs_vni_abort(struct cvs_vni_move *move)
{
	take_back(move);
	kvfree(move->entries);
	kfree(move->set);
}

/**
 * cvs_vni_commit() - do what was prepared
 * @tunnel: the tunnel; its socket is the one moved to, afterwards
 * @move: what was prepared
 *
 * Context: RTNL, may sleep.
 */
void cvs_vni_commit(struct cvs_tunnel *tunnel, struct cvs_vni_move *move)
{
	const struct cvs_vlan_set *vlans = rtnl_dereference(tunnel->port->vlans);
	struct cvs_vni *old;
	unsigned int vid;
	u32 i;

	for (vid = CVS_VNI_OWN_VLAN; vid < VLAN_N_VID; vid++) {
		if (!is_moved(move, vid))
			continue;
		old = withdraw(tunnel, vid);
		if (old)
			kfree_rcu(old, rcu);
	}
	for (i = 0; i < move->count; i++) {
		rcu_assign_pointer(*slot(&tunnel->vnis, move->entries[i]->vid),
				   move->entries[i]);
		tunnel->vnis.count++;
	}
	rcu_assign_pointer(tunnel->port->vlans, move->set);
	cvs_vlan_set_free_rcu(vlans);
	WRITE_ONCE(tunnel->udp, move->udp);
	kvfree(move->entries);
	if (move->own_changes) {
		/* Frames of the old network may still learn. */
		synchronize_net();
		forget(tunnel, CVS_VNI_OWN_VLAN);
	}
}
