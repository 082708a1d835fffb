/* SPDX-License-Identifier: GPL-2.0 */
/* Who a port's container is, in messages. */
#ifndef CVS_GENL_IDENTITY_H
#define CVS_GENL_IDENTITY_H

#include "cvs_genl.h"

struct cvs_identity;
struct cvs_port;

bool cvs_genl_has_identity(const struct genl_info *info);
struct cvs_identity *cvs_genl_get_identity(struct genl_info *info, const struct cvs_port *port);
int cvs_genl_put_identity(struct sk_buff *msg, const struct cvs_port *port);

#endif /* CVS_GENL_IDENTITY_H */
