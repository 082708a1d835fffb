/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM cvswitch

#if !defined(CVS_TRACEPOINT_H) || defined(TRACE_HEADER_MULTI_READ)
#define CVS_TRACEPOINT_H

#include <linux/tracepoint.h>

#include "cvs_drop.h"
#include "cvs_fdb.h"
#include "cvs_key.h"
#include "cvs_port.h"
#include "cvs_switch.h"

struct in6_addr;

#ifndef CVS_DROP_SYMBOL
#define CVS_DROP_DEFINE(reason, name)	TRACE_DEFINE_ENUM(CVSWITCH_DROP_REASON_##reason);
#define CVS_DROP_SYMBOL(reason, name)	{ CVSWITCH_DROP_REASON_##reason, name },
#define CVS_DROP_LAST(reason, name)	{ CVSWITCH_DROP_REASON_##reason, name }
#endif

CVS_DROP_NAMES(CVS_DROP_DEFINE, CVS_DROP_DEFINE)

TRACE_EVENT(cvs_drop,
	TP_PROTO(const struct cvs_port *port, const struct cvs_key *key,
		 unsigned int len, enum cvswitch_drop_reason reason),
	TP_ARGS(port, key, len, reason),
	TP_STRUCT__entry(
		__array(char, port, IFNAMSIZ)
		__field(int, ifindex)
		__field(u32, reason)
		__field(u32, len)
		__field(u16, vid)
		__array(u8, dst, ETH_ALEN)
		__array(u8, src, ETH_ALEN)
	),
	TP_fast_assign(
		strscpy(__entry->port, cvs_port_name(port), IFNAMSIZ);
		__entry->ifindex = cvs_port_ifindex(port);
		__entry->reason = reason;
		__entry->len = len;
		__entry->vid = key->vid;
		cvs_mac_store(__entry->dst, key->dst);
		cvs_mac_store(__entry->src, key->src);
	),
	TP_printk("port=%s ifindex=%d reason=%s len=%u vid=%u dst=%pM src=%pM",
		  __entry->port, __entry->ifindex,
		  __print_symbolic(__entry->reason,
				   CVS_DROP_NAMES(CVS_DROP_SYMBOL, CVS_DROP_LAST)),
		  __entry->len, __entry->vid, __entry->dst, __entry->src)
);

DECLARE_EVENT_CLASS(cvs_fdb_class,
	TP_PROTO(const struct cvs_switch *sw, const struct cvs_fdb_change *change),
	TP_ARGS(sw, change),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__array(char, port, IFNAMSIZ)
		__array(char, old_port, IFNAMSIZ)
		__field(u32, event)
		__field(u16, vid)
		__array(u8, mac, ETH_ALEN)
	),
	TP_fast_assign(
		strscpy(__entry->name, sw->dev->name, IFNAMSIZ);
		strscpy(__entry->port, cvs_port_name(cvs_port_of_owner(change->owner)),
			IFNAMSIZ);
		strscpy(__entry->old_port, change->old_owner ?
			cvs_port_name(cvs_port_of_owner(change->old_owner)) : "",
			IFNAMSIZ);
		__entry->event = change->event;
		__entry->vid = cvs_fdb_key_vid(change->key);
		cvs_mac_store(__entry->mac, change->key);
	),
	TP_printk("switch=%s mac=%pM vid=%u port=%s old_port=%s event=%u",
		  __entry->name, __entry->mac, __entry->vid, __entry->port,
		  __entry->old_port, __entry->event)
);

DEFINE_EVENT(cvs_fdb_class, cvs_learn,
	TP_PROTO(const struct cvs_switch *sw, const struct cvs_fdb_change *change),
	TP_ARGS(sw, change)
);

DEFINE_EVENT(cvs_fdb_class, cvs_move,
	TP_PROTO(const struct cvs_switch *sw, const struct cvs_fdb_change *change),
	TP_ARGS(sw, change)
);

DECLARE_EVENT_CLASS(cvs_tunnel_class,
	TP_PROTO(const struct cvs_switch *sw, const struct in6_addr *remote, u32 vni,
		 const struct cvs_key *key, unsigned int len),
	TP_ARGS(sw, remote, vni, key, len),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__array(u8, remote, sizeof(struct in6_addr))
		__field(u32, vni)
		__field(u32, len)
		__array(u8, dst, ETH_ALEN)
		__array(u8, src, ETH_ALEN)
	),
	TP_fast_assign(
		strscpy(__entry->name, sw->dev->name, IFNAMSIZ);
		memcpy(__entry->remote, remote, sizeof(*remote));
		__entry->vni = vni;
		__entry->len = len;
		cvs_mac_store(__entry->dst, key->dst);
		cvs_mac_store(__entry->src, key->src);
	),
	TP_printk("switch=%s remote=%pI6c vni=%u len=%u dst=%pM src=%pM",
		  __entry->name, __entry->remote, __entry->vni, __entry->len,
		  __entry->dst, __entry->src)
);

/* A frame leaves for a remote: its length without the tunnel's headers. */
DEFINE_EVENT(cvs_tunnel_class, cvs_encap,
	TP_PROTO(const struct cvs_switch *sw, const struct in6_addr *remote, u32 vni,
		 const struct cvs_key *key, unsigned int len),
	TP_ARGS(sw, remote, vni, key, len)
);

/* A frame that came from a remote begins its walk. */
DEFINE_EVENT(cvs_tunnel_class, cvs_decap,
	TP_PROTO(const struct cvs_switch *sw, const struct in6_addr *remote, u32 vni,
		 const struct cvs_key *key, unsigned int len),
	TP_ARGS(sw, remote, vni, key, len)
);

#endif /* CVS_TRACEPOINT_H */

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH .
#define TRACE_INCLUDE_FILE cvs_tracepoint
#include <trace/define_trace.h>
