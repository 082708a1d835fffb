// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/cvswitch.h>

#include "cmd.h"
#include "doctor.h"
#include "module.h"
#include "say.h"

/* Everything in a namespace that is looked at. */
struct ward {
	struct table switches, tunnels;
	struct links links;
	struct patient *patient;	/* one for each switch */
	struct findings findings;
};

static void (*const checks[])(const struct patient *patient) = {
	doctor_ports, doctor_acl, doctor_rules, doctor_mtu, doctor_tunnel, doctor_remotes,
	doctor_udp,
};

/* "What is wrong; what to do". */
static void found_module(struct findings *findings, char *why)
{
	char *advice = strchr(why, ';');

	if (advice)
		*advice++ = '\0';
	found(findings, NULL, "module", "module", "%s", why);
	advise(findings, "%s", advice ? advice + strspn(advice, " ") : "dmesg | tail");
}

static uint64_t unsorted(const struct obj *obj)
{
	(void)obj;
	return 0;
}

static int get_of_switch(const struct patient *patient, uint8_t cmd, uint16_t switch_id,
			 const struct attr_set *set, struct table *table)
{
	struct req req;

	req_init(&req, cmd, set, 0);
	if (patient)
		req_u32(&req, switch_id, patient->ifindex);
	return get_table(&req, false, table, unsorted, patient ? patient->name : "doctor");
}

static int get_tunnel_parts(struct patient *patient)
{
	int status;

	status = get_tunnel(patient->ifindex, &patient->tunnel, &patient->tunnel_there);
	if (!status && patient->tunnel_there)
		status = get_of_switch(patient, CVSWITCH_CMD_REMOTE_GET, CVSWITCH_A_REMOTE_SWITCH,
				       &remote_attrs, &patient->remotes);
	if (!status && patient->tunnel_there)
		status = get_of_switch(patient, CVSWITCH_CMD_VNI_GET, CVSWITCH_A_VNI_SWITCH,
				       &vni_attrs, &patient->vnis);
	return status;
}

static int get_rules(struct patient *patient)
{
	int status;

	status = get_of_switch(patient, CVSWITCH_CMD_GROUP_GET, CVSWITCH_A_GROUP_SWITCH,
			       &group_attrs, &patient->groups);
	if (!status)
		status = get_of_switch(patient, CVSWITCH_CMD_PROFILE_GET,
				       CVSWITCH_A_PROFILE_SWITCH, &profile_attrs,
				       &patient->profiles);
	if (!status)
		status = get_of_switch(patient, CVSWITCH_CMD_RULE_GET, CVSWITCH_A_ACL_SWITCH,
				       &acl_attrs, &patient->rules);
	return status;
}

static int patient_get(struct patient *patient, const struct ward *ward)
{
	const struct target all = { 0 };
	int status;

	patient->name = obj_str(&patient->sw, CVSWITCH_A_SWITCH_NAME);
	patient->ifindex = switch_index(&patient->sw);
	patient->links = &ward->links;
	patient->tunnels = &ward->tunnels;
	status = get_ports(&all, patient->ifindex, &patient->ports);
	if (!status)
		status = get_stats(&all, patient->ifindex, &patient->stats);
	return status ? status : get_tunnel_parts(patient);
}

static void patient_free(struct patient *patient)
{
	table_free(&patient->ports);
	table_free(&patient->stats);
	table_free(&patient->profiles);
	table_free(&patient->groups);
	table_free(&patient->rules);
	table_free(&patient->remotes);
	table_free(&patient->vnis);
}

/* What is dropped now, which takes a second to see. */
static int examine_drops(struct ward *ward)
{
	struct patient *after = calloc(1, sizeof(*after));
	int status = EXIT_DONE;
	bool any = false;
	size_t i;

	for (i = 0; i < ward->switches.count; i++)
		any |= doctor_drops_before(&ward->patient[i]);
	if (any)
		sleep(1);
	for (i = 0; any && after && i < ward->switches.count && !status; i++) {
		*after = (struct patient){
			.sw = ward->patient[i].sw,
			.findings = &ward->findings,
		};
		status = patient_get(after, ward);
		if (!status)
			doctor_drops(&ward->patient[i], after);
		patient_free(after);
	}
	free(after);
	return status;
}

static int examine(struct ward *ward)
{
	int status = EXIT_DONE;
	size_t i, c;

	for (i = 0; i < ward->switches.count && !status; i++) {
		struct patient *patient = &ward->patient[i];

		table_get(&ward->switches, i, &patient->sw);
		patient->findings = &ward->findings;
		status = patient_get(patient, ward);
		if (!status)
			status = get_rules(patient);
		for (c = 0; c < ARRAY_SIZE(checks) && !status; c++)
			checks[c](patient);
	}
	return status ? status : examine_drops(ward);
}

static int visit(struct ward *ward, const char *switch_name)
{
	uint32_t ifindex = 0;
	int status, err;

	status = switch_name ? get_index("switch", switch_name, &ifindex) : EXIT_DONE;
	if (!status)
		status = get_switches(ifindex, &ward->switches);
	if (!status)
		status = get_of_switch(NULL, CVSWITCH_CMD_TUNNEL_GET, 0, &tunnel_attrs,
				       &ward->tunnels);
	if (status)
		return status;
	err = links_get(&ward->links);
	if (err) {
		complain_errno(-err, "doctor: the devices");
		return EXIT_REFUSED;
	}
	ward->patient = calloc(ward->switches.count + 1, sizeof(*ward->patient));
	return ward->patient ? examine(ward) : EXIT_REFUSED;
}

static void ward_free(struct ward *ward)
{
	size_t i;

	for (i = 0; ward->patient && i < ward->switches.count; i++)
		patient_free(&ward->patient[i]);
	free(ward->patient);
	table_free(&ward->switches);
	table_free(&ward->tunnels);
	links_free(&ward->links);
	findings_free(&ward->findings);
}

static int doctor(struct args *args)
{
	const char *switch_name = args_peek(args) ? args_device(args, "SWITCH") : NULL;
	struct ward ward = { 0 };
	char why[MODULE_WHY_MAX];
	int status;

	if (!args_end(args))
		return EXIT_USAGE;
	status = cvs_nl_connect(why, sizeof(why));
	if (status && *why) {
		found_module(&ward.findings, why);
		status = EXIT_DONE;
	} else if (!status) {
		status = visit(&ward, switch_name);
	}
	if (!status) {
		findings_print(&ward.findings);
		status = ward.findings.count ? EXIT_REFUSED : EXIT_DONE;
	}
	ward_free(&ward);
	return status;
}

static const struct command commands[] = {
	{ "", doctor, "[SWITCH]" },
	{ NULL, NULL, NULL },
};

const struct object doctor_object = {
	"doctor", "what is wrong with the switches here, and what to do about it", commands, "",
	NULL,
};
