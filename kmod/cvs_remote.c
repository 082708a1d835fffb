// SPDX-License-Identifier: GPL-2.0
#include "cvs_remote.h"

#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_event.h"
#include "cvs_port.h"
#include "cvs_switch.h"
#include "cvs_tunnel.h"

/**
 * cvs_remote_get() - find a remote
 * @tunnel: its tunnel
 * @addr: its address
 * @extack: says why not
 *
 * Context: RTNL.
 * Return: the remote or -ENOENT.
 */
struct cvs_remote *cvs_remote_get(struct cvs_tunnel *tunnel, const struct in6_addr *addr,
				  struct netlink_ext_ack *extack)
{
	struct cvs_remote *remote;

	ASSERT_RTNL();
	remote = rhashtable_lookup_fast(&tunnel->remotes, addr, cvs_remote_params);
	if (remote)
		return remote;
	NL_SET_ERR_MSG(extack, "No such remote");
	return ERR_PTR(-ENOENT);
}

static int check(const struct cvs_tunnel *tunnel, const struct in6_addr *addr,
		 struct netlink_ext_ack *extack)
{
	const struct cvs_tunnel_config *config = rtnl_dereference(tunnel->config);

	if (!cvs_vtep_is_unicast(addr)) {
		NL_SET_ERR_MSG(extack, "A remote's address is that of one host");
		return -EINVAL;
	}
	if (cvs_vtep_is_v4(addr) != cvs_vtep_is_v4(&config->local)) {
		NL_SET_ERR_MSG(extack, "The tunnel's local address is of the other family");
		return -EAFNOSUPPORT;
	}
	if (cvs_vtep_equal(addr, &config->local)) {
		NL_SET_ERR_MSG(extack, "Address is the tunnel's own");
		return -EINVAL;
	}
	if (tunnel->remote_count >= config->remote_max) {
		NL_SET_ERR_MSG(extack, "Tunnel has its maximum of remotes");
		return -ENOSPC;
	}
	return 0;
}

static void free_remote(struct cvs_remote *remote)
{
	dst_cache_destroy(&remote->route);
	free_percpu(remote->stats);
	kfree(remote);
}

static void free_rcu_remote(struct rcu_head *rcu)
{
	free_remote(container_of(rcu, struct cvs_remote, rcu));
}

static struct cvs_remote *create(struct cvs_tunnel *tunnel, const struct in6_addr *addr,
				 const struct cvs_remote_config *config)
{
	struct cvs_remote *remote;
	int cpu;

	remote = kzalloc(sizeof(*remote), GFP_KERNEL_ACCOUNT);
	if (!remote)
		return NULL;
	remote->addr = *addr;
	remote->tunnel = tunnel;
	remote->fdb.port = tunnel->port;
	remote->fdb.max = config->fdb_max;
	INIT_LIST_HEAD(&remote->flood_node);
	remote->stats = alloc_percpu_gfp(struct cvs_remote_stats, GFP_KERNEL_ACCOUNT);
	if (!remote->stats || dst_cache_init(&remote->route, GFP_KERNEL_ACCOUNT)) {
		free_percpu(remote->stats);
		kfree(remote);
		return NULL;
	}
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(remote->stats, cpu)->syncp);
	return remote;
}

static void join_flood(struct cvs_remote *remote)
{
	struct cvs_tunnel *tunnel = remote->tunnel;

	list_add_tail_rcu(&remote->flood_node, &tunnel->flood);
	WRITE_ONCE(tunnel->flood_count, tunnel->flood_count + 1);
}

static void leave_flood(struct cvs_remote *remote)
{
	struct cvs_tunnel *tunnel = remote->tunnel;

	list_del_rcu(&remote->flood_node);
	WRITE_ONCE(tunnel->flood_count, tunnel->flood_count - 1);
}

static void set_flooded(struct cvs_remote *remote, bool flooded)
{
	if (remote->flooded == flooded)
		return;
	WRITE_ONCE(remote->flooded, flooded);
	if (flooded)
		join_flood(remote);
	else
		leave_flood(remote);
}

/**
 * cvs_remote_add() - add a remote
 * @tunnel: the tunnel
 * @addr: the remote's address
 * @config: settings
 * @extack: says why not
 *
 * Context: RTNL, may sleep.
 * Return: the remote, or an error; on error nothing has changed.
 */
struct cvs_remote *cvs_remote_add(struct cvs_tunnel *tunnel, const struct in6_addr *addr,
				  const struct cvs_remote_config *config,
				  struct netlink_ext_ack *extack)
{
	struct cvs_remote *remote;
	int err;

	ASSERT_RTNL();
	err = check(tunnel, addr, extack);
	if (err)
		return ERR_PTR(err);
	remote = create(tunnel, addr, config);
	if (!remote)
		return ERR_PTR(-ENOMEM);
	err = xa_alloc(&tunnel->ids, &remote->id, remote, xa_limit_31b, GFP_KERNEL_ACCOUNT);
	if (err)
		goto err_free;
	err = rhashtable_lookup_insert_fast(&tunnel->remotes, &remote->node,
					    cvs_remote_params);
	if (err)
		goto err_id;
	tunnel->remote_count++;
	set_flooded(remote, config->flood);
	cvs_switch_touch(tunnel->sw);
	cvs_event_remote(remote, CVSWITCH_CMD_REMOTE_ADD_NTF);
	return remote;

err_id:
	xa_erase(&tunnel->ids, remote->id);
	if (err == -EEXIST)
		NL_SET_ERR_MSG(extack, "Remote exists");
err_free:
	/* Who replicates may have seen it by its number. */
	call_rcu(&remote->rcu, free_rcu_remote);
	return ERR_PTR(err);
}

/* Take a remote out of the data path: a grace period later nobody learns from it. */
static void withdraw(struct cvs_remote *remote)
{
	struct cvs_tunnel *tunnel = remote->tunnel;

	/* Whether it was flooded to is still told when it is gone. */
	if (remote->flooded)
		leave_flood(remote);
	rhashtable_remove_fast(&tunnel->remotes, &remote->node, cvs_remote_params);
	xa_erase(&tunnel->ids, remote->id);
	tunnel->remote_count--;
}

/* Neighbours that were learned from @owner, or if it is NULL from any remote. */
static void forget_neighs(struct cvs_tunnel *tunnel, const struct cvs_fdb_owner *owner)
{
	const struct cvs_neigh_filter mine = {
		.owner = owner,
		.port = tunnel->port,
		.vid_last = VLAN_N_VID - 1,
		.kinds = BIT(CVSWITCH_NEIGH_KIND_LEARNED),
	};

	cvs_neigh_flush(&tunnel->sw->neighs, &mine);
}

/**
 * cvs_remote_del() - remove a remote, and the addresses behind it
 * @remote: the remote, gone afterwards
 *
 * Context: RTNL, may sleep.
 */
void cvs_remote_del(struct cvs_remote *remote)
{
	const struct cvs_fdb_filter mine = {
		.owner = &remote->fdb,
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_ALL,
	};
	struct cvs_switch *sw = remote->tunnel->sw;

	ASSERT_RTNL();
	withdraw(remote);
	synchronize_net();
	cvs_fdb_flush(&sw->fdb, &mine);
	forget_neighs(remote->tunnel, &remote->fdb);
	cvs_switch_touch(sw);
	cvs_event_remote(remote, CVSWITCH_CMD_REMOTE_DEL_NTF);
	/* Frames to it may be on their way. */
	call_rcu(&remote->rcu, free_rcu_remote);
}

/**
 * cvs_remote_del_all() - remove all remotes, and the addresses behind them
 * @tunnel: the tunnel
 *
 * What a remote needs once, all need once: one grace period, and one walk of
 * the FDB.
 *
 * Context: RTNL, may sleep.
 * Return: how many there were.
 */
u32 cvs_remote_del_all(struct cvs_tunnel *tunnel)
{
	const struct cvs_fdb_filter all = {
		.port = tunnel->port,
		.vid_last = VLAN_N_VID - 1,
		.kinds = CVS_FDB_KINDS_ALL,
	};
	struct cvs_remote *remote, *next;
	unsigned long id;
	LIST_HEAD(gone);
	u32 count = 0;

	ASSERT_RTNL();
	xa_for_each(&tunnel->ids, id, remote) {
		withdraw(remote);
		list_add_tail(&remote->gone, &gone);
		count++;
	}
	synchronize_net();
	cvs_fdb_flush(&tunnel->sw->fdb, &all);
	forget_neighs(tunnel, NULL);
	cvs_switch_touch(tunnel->sw);
	list_for_each_entry_safe(remote, next, &gone, gone) {
		cvs_event_remote(remote, CVSWITCH_CMD_REMOTE_DEL_NTF);
		call_rcu(&remote->rcu, free_rcu_remote);
	}
	return count;
}

/* Context: RTNL. */
void cvs_remote_get_config(const struct cvs_remote *remote, struct cvs_remote_config *config)
{
	config->flood = remote->flooded;
	config->fdb_max = remote->fdb.max;
}

/* Context: RTNL. */
void cvs_remote_set_config(struct cvs_remote *remote, const struct cvs_remote_config *config)
{
	ASSERT_RTNL();
	if (remote->flooded && !config->flood) {
		set_flooded(remote, false);
		/* Before it may come back into the list by the same node. */
		synchronize_net();
	}
	set_flooded(remote, config->flood);
	WRITE_ONCE(remote->fdb.max, config->fdb_max);
	cvs_switch_touch(remote->tunnel->sw);
	cvs_event_remote(remote, CVSWITCH_CMD_REMOTE_SET_NTF);
}

/**
 * cvs_remote_sum() - a remote's counters, all CPUs together
 * @remote: the remote
 * @sum: where to
 *
 * Context: any.
 */
void cvs_remote_sum(const struct cvs_remote *remote, u64 sum[CVS_REMOTE_COUNTERS])
{
	const struct cvs_remote_stats *stats;
	u64 one[CVS_REMOTE_COUNTERS];
	unsigned int start;
	int cpu, i;

	memset(sum, 0, sizeof(one));
	for_each_possible_cpu(cpu) {
		stats = per_cpu_ptr(remote->stats, cpu);
		do {
			start = u64_stats_fetch_begin(&stats->syncp);
			for (i = 0; i < CVS_REMOTE_COUNTERS; i++)
				one[i] = u64_stats_read(&stats->n[i]);
		} while (u64_stats_fetch_retry(&stats->syncp, start));
		for (i = 0; i < CVS_REMOTE_COUNTERS; i++)
			sum[i] += one[i];
	}
}
