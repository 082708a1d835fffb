// SPDX-License-Identifier: GPL-2.0
/* Rules that are there and do nothing, and ports that nothing passes for want of any. */
#include "doctor.h"

#include <linux/cvswitch.h>

#include "device.h"

static void check_port(const struct patient *patient, const struct obj *port)
{
	const bool closed = obj_u32(&patient->sw, CVSWITCH_A_SWITCH_POLICY) ==
			    CVSWITCH_POLICY_CLOSED;
	const char *name = device_name(obj_u32(port, CVSWITCH_A_PORT_IFINDEX));
	struct findings *findings = patient->findings;

	if (closed && !obj_has(port, CVSWITCH_A_PORT_ADMIN_PROFILE) &&
	    !obj_has(port, CVSWITCH_A_PORT_TENANT_PROFILE) &&
	    !obj_has(port, CVSWITCH_A_PORT_DEFAULT_PROFILE)) {
		found(findings, patient->name, "port-closed", name,
		      "port %s has no profile, and the switch is closed: nothing passes", name);
		advise(findings, "cvswitch-ctl port set %s profile PROFILE", name);
	}
	if (obj_has(port, CVSWITCH_A_PORT_BINDING) && !obj_u32(port, CVSWITCH_A_PORT_IDENTITY)) {
		found(findings, patient->name, "identity-off", name,
		      "port %s is bound to addresses, but may have any other", name);
		advise(findings, "cvswitch-ctl port set %s identity on; or unbound", name);
	}
}

static void check_group(const struct patient *patient, const struct obj *group)
{
	const uint32_t rules = obj_u32(group, CVSWITCH_A_GROUP_RULE_COUNT);
	const char *name = obj_str(group, CVSWITCH_A_GROUP_NAME);
	struct findings *findings = patient->findings;

	if (!rules) {
		found(findings, patient->name, "group-unused", name,
		      "no rule refers to group %s", name);
		advise(findings, "cvswitch-ctl group del %s %s", patient->name, name);
	} else if (!obj_u32(group, CVSWITCH_A_GROUP_MEMBER_COUNT)) {
		found(findings, patient->name, "group-empty", name,
		      "group %s has no members, so %u rule%s of it match%s nothing", name, rules,
		      rules == 1 ? "" : "s", rules == 1 ? "es" : "");
		advise(findings, "cvswitch-ctl group member add %s %s MEMBER", patient->name,
		       name);
	}
}

static void check_profile(const struct patient *patient, const struct obj *profile)
{
	const char *name = obj_str(profile, CVSWITCH_A_PROFILE_NAME);
	struct findings *findings = patient->findings;

	if (obj_u32(profile, CVSWITCH_A_PROFILE_PORT_COUNT))
		return;
	found(findings, patient->name, "profile-unused", name, "no port has profile %s", name);
	advise(findings, "cvswitch-ctl port set DEV %s-profile %s",
	       obj_word(profile, CVSWITCH_A_PROFILE_TIER)->name, name);
}

void doctor_acl(const struct patient *patient)
{
	struct obj obj;
	size_t i;

	for (i = 0; i < patient->ports.count; i++) {
		table_get(&patient->ports, i, &obj);
		if (obj_u32(&obj, CVSWITCH_A_PORT_IFINDEX) != patient->ifindex)
			check_port(patient, &obj);
	}
	for (i = 0; i < patient->profiles.count; i++) {
		table_get(&patient->profiles, i, &obj);
		check_profile(patient, &obj);
	}
	for (i = 0; i < patient->groups.count; i++) {
		table_get(&patient->groups, i, &obj);
		check_group(patient, &obj);
	}
}
