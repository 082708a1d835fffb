/* SPDX-License-Identifier: GPL-2.0 */
/* What a switch's device and its ports' devices owe each other. */
#ifndef CVS_STACKING_H
#define CVS_STACKING_H

#include <linux/netdev_features.h>

struct cvs_switch;
struct net;
struct work_struct;

#define CVS_FEATURES							\
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA |		\
	 NETIF_F_GSO_MASK | NETIF_F_HW_CSUM)

netdev_features_t cvs_stacking_features(const struct cvs_switch *sw,
					netdev_features_t features);
void cvs_stacking_update_carrier(struct cvs_switch *sw);
void cvs_stacking_update_address(struct cvs_switch *sw);
void cvs_stacking_update(struct cvs_switch *sw);
void cvs_stacking_underlay_changed(const struct net *net);
void cvs_stacking_underlay_work(struct work_struct *work);

#endif /* CVS_STACKING_H */
