// SPDX-License-Identifier: GPL-2.0
/* Events of profiles, groups and rules. */
#include "monitor.h"

#include <stdio.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "device.h"
#include "frame.h"
#include "split.h"

void print_profile_event(const struct obj *obj)
{
	const uint32_t ports = obj_u32(obj, CVSWITCH_A_PROFILE_PORT_COUNT);

	printf("%s of %s: tier %s, ingress %u rule%s and %s, egress %u rule%s and %s, %u port%s\n",
	       obj_str(obj, CVSWITCH_A_PROFILE_NAME),
	       device_name(obj_u32(obj, CVSWITCH_A_PROFILE_SWITCH)),
	       obj_word(obj, CVSWITCH_A_PROFILE_TIER)->name,
	       obj_u32(obj, CVSWITCH_A_PROFILE_INGRESS_COUNT),
	       out_plural(obj_u32(obj, CVSWITCH_A_PROFILE_INGRESS_COUNT)),
	       obj_word(obj, CVSWITCH_A_PROFILE_INGRESS_DEFAULT)->name,
	       obj_u32(obj, CVSWITCH_A_PROFILE_EGRESS_COUNT),
	       out_plural(obj_u32(obj, CVSWITCH_A_PROFILE_EGRESS_COUNT)),
	       obj_word(obj, CVSWITCH_A_PROFILE_EGRESS_DEFAULT)->name, ports, out_plural(ports));
}

void print_group_event(const struct obj *obj)
{
	const uint32_t members = obj_u32(obj, CVSWITCH_A_GROUP_MEMBER_COUNT);

	printf("%s of %s: type %s, %u member%s\n", obj_str(obj, CVSWITCH_A_GROUP_NAME),
	       device_name(obj_u32(obj, CVSWITCH_A_GROUP_SWITCH)),
	       obj_word(obj, CVSWITCH_A_GROUP_TYPE)->name, members, out_plural(members));
}

void print_acl_event(const struct obj *obj)
{
	const uint32_t sw = obj_u32(obj, CVSWITCH_A_ACL_LOG_SWITCH);
	const uint32_t in = obj_u32(obj, CVSWITCH_A_ACL_LOG_IN_PORT);
	char frame[FRAME_TEXT_MAX], comment[CELL_MAX];
	const uint8_t *header;
	size_t len;

	header = obj_bytes(obj, CVSWITCH_A_ACL_LOG_HEADER, &len);
	printf("%s at %s of %s: %s by rule %u of %s: %s",
	       obj_word(obj, CVSWITCH_A_ACL_LOG_DIRECTION)->name,
	       port_name(sw, obj_u32(obj, CVSWITCH_A_ACL_LOG_PORT)), device_name(sw),
	       obj_word(obj, CVSWITCH_A_ACL_LOG_VERDICT)->name,
	       obj_u32(obj, CVSWITCH_A_ACL_LOG_HANDLE),
	       obj_str(obj, CVSWITCH_A_ACL_LOG_PROFILE),
	       frame_text(frame, sizeof(frame), header, len));
	if (in && in != obj_u32(obj, CVSWITCH_A_ACL_LOG_PORT))
		printf(", from %s", port_name(sw, in));
	if (obj_u32(obj, CVSWITCH_A_ACL_LOG_VLAN))
		printf(", vlan %u", obj_u32(obj, CVSWITCH_A_ACL_LOG_VLAN));
	printf(", %u bytes", obj_u32(obj, CVSWITCH_A_ACL_LOG_LENGTH));
	if (*obj_str(obj, CVSWITCH_A_ACL_LOG_COMMENT)) {
		split_quote(comment, sizeof(comment), 0, obj_str(obj, CVSWITCH_A_ACL_LOG_COMMENT),
			    true);
		printf(", comment %s", comment);
	}
	if (obj_u32(obj, CVSWITCH_A_ACL_LOG_LOST))
		printf(" (and %u not shown)", obj_u32(obj, CVSWITCH_A_ACL_LOG_LOST));
	putchar('\n');
}
