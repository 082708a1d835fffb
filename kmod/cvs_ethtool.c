// SPDX-License-Identifier: GPL-2.0
#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "cvs_drop.h"
#include "cvs_netdev.h"
#include "cvs_stats.h"
#include "cvs_switch.h"

/* Of the whole switch; each port's are in the netlink family. */
static const char * const counter_names[] = {
	[CVS_RX_FRAMES] = "rx_frames",
	[CVS_RX_BYTES] = "rx_bytes",
	[CVS_TX_QUEUED_FRAMES] = "tx_queued_frames",
	[CVS_TX_QUEUED_BYTES] = "tx_queued_bytes",
	[CVS_TX_SHORT_FRAMES] = "tx_short_frames",
	[CVS_TX_SHORT_BYTES] = "tx_short_bytes",
	[CVS_RX_FLOODED] = "rx_flooded",
	[CVS_COPIES] = "copies",
	[CVS_RX_GSO_FRAMES] = "rx_gso_frames",
	[CVS_RX_BIG_FRAMES] = "rx_big_frames",
	[CVS_LEARN_REFUSED] = "learn_refused",
	[CVS_NEIGH_ANSWERED] = "neigh_answered",
	[CVS_NEIGH_REFUSED] = "neigh_refused",
};

static_assert(ARRAY_SIZE(counter_names) == CVS_COUNTERS);

static void get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, "cvswitch", sizeof(info->driver));
	strscpy(info->version, CVS_VERSION, sizeof(info->version));
}

static int get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? CVS_COUNTERS + CVS_DROP_REASONS : -EOPNOTSUPP;
}

static void get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	int i;

	if (sset != ETH_SS_STATS)
		return;
	for (i = 0; i < CVS_COUNTERS; i++, data += ETH_GSTRING_LEN)
		strscpy(data, counter_names[i], ETH_GSTRING_LEN);
	for (i = 0; i < CVS_DROP_REASONS; i++)
		ethtool_sprintf(&data, "drop_%s", cvs_drop_names[i]);
}

static void get_ethtool_stats(struct net_device *dev, struct ethtool_stats *stats, u64 *data)
{
	struct cvs_switch *sw = netdev_priv(dev);
	struct cvs_stats_sum sum;

	cvs_switch_sum(sw, &sum);
	memcpy(data, sum.n, sizeof(sum.n));
	memcpy(data + CVS_COUNTERS, sum.drops, sizeof(sum.drops));
}

const struct ethtool_ops cvs_ethtool_ops = {
	.get_drvinfo = get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_sset_count = get_sset_count,
	.get_strings = get_strings,
	.get_ethtool_stats = get_ethtool_stats,
};
