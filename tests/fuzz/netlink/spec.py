# SPDX-License-Identifier: GPL-2.0
"""The netlink specification as tables in C, for the fuzzer: spec.py cvswitch.yaml > tables.h"""

import sys
import yaml

TYPES = {"u32": 4, "u64": 8}
U32_MAX = 0xFFFFFFFF


def number(spec, value):
    """A limit: a number or the name of a constant."""
    if isinstance(value, int):
        return value
    return next(d["value"] for d in spec["definitions"] if d["name"] == value)


# What an attribute of a set is, where its name or its type say something else.
ROLES = {
    ("switch", "ifindex"): "SWITCH", ("port", "ifindex"): "PORT", ("tunnel", "port"): "NUMBER",
    ("profile", "name"): "PROFILE", ("profile", "tier"): "TIER", ("acl", "profile"): "PROFILE",
    ("acl", "handle"): "HANDLE", ("acl", "index"): "INDEX", ("group", "name"): "GROUP",
    ("group", "type"): "GROUP_TYPE", ("member", "ip"): "PREFIX", ("member", "len"): "BITS",
    ("member", "port"): "L4_PORT", ("rule", "src"): "PREFIX", ("rule", "dst"): "PREFIX",
    ("rule", "nd-target"): "PREFIX", ("rule", "src-len"): "BITS", ("rule", "dst-len"): "BITS",
    ("rule", "nd-target-len"): "BITS", ("rule", "ethertype"): "ETHERTYPE",
    ("rule", "protocol"): "PROTOCOL", ("rule", "sport"): "L4_PORT", ("rule", "dport"): "L4_PORT",
    ("acl-log", "header"): "DATA",
}
STRINGS = {
    "admin-profile": "ADMIN_PROFILE", "tenant-profile": "TENANT_PROFILE",
    "default-profile": "DEFAULT_PROFILE", "src-group": "IP_GROUP", "dst-group": "IP_GROUP",
    "src-mac-group": "MAC_GROUP", "dst-mac-group": "MAC_GROUP", "sport-group": "PORT_GROUP",
    "dport-group": "PORT_GROUP", "comment": "COMMENT",
}


def role(attrs, attr):
    """What an attribute means beyond its type, so that requests name what is there."""
    name = attr["name"]
    if (attrs["name"], name) in ROLES:
        return ROLES[attrs["name"], name]
    if name == "switch":
        return "SWITCH"
    if name in ("port", "old-port", "in-port"):
        return "PORT"
    if name in ("device", "vni"):
        return name.upper()
    if name in ("vid", "vid-end", "vlan"):
        return "VLAN_END" if name == "vid-end" else "VLAN"
    if name in ("remote", "old-remote"):
        return "REMOTE"
    if name.endswith("-end"):
        return "END"
    if name.endswith("-mask"):
        return "MAC_MASK" if attr["type"] == "binary" else "MASK"
    if attr["type"] == "string":
        return STRINGS.get(name, "NAME")
    if attr["type"] == "binary":
        return "MAC" if "exact-len" in attr.get("checks", {}) else "IP"
    return {"nest": "NEST", "pad": "PAD"}.get(attr["type"], "NUMBER")


def limits(spec, attr):
    """The least and the most that the kernel takes."""
    checks = attr.get("checks", {})
    most = U32_MAX
    if "enum" in attr:
        enum = next(d for d in spec["definitions"] if d["name"] == attr["enum"])
        most = len(enum["entries"]) - 1
        if "enum-as-flags" in attr:
            return 1, (1 << most + 1) - 1
    return number(spec, checks.get("min", 0)), number(spec, checks.get("max", most))


def needs(attrs, attr):
    """The number of the attribute that this one says more of: its mask, length or end. Or 0."""
    names = [a["name"] for a in attrs["attributes"]]
    if (attrs["name"], attr["name"]) == ("member", "len"):
        return names.index("ip") + 1
    base = attr["name"].rpartition("-")
    return names.index(base[0]) + 1 if base[2] in ("mask", "len", "end") else 0


def mask(attrs, names):
    """Attributes as bits by their numbers."""
    numbers = {attr["name"]: i for i, attr in enumerate(attrs["attributes"], 1)}
    return sum(1 << numbers[name] for name in names)


def ident(name):
    """A name as C has it."""
    return name.replace("-", "_")


def nested(attr):
    """The set of what is in a nest."""
    return f"&spec_{ident(attr['nested-attributes'])}" if attr["type"] == "nest" else "NULL"


def print_set(spec, attrs):
    """One set of attributes."""
    name = ident(attrs["name"])
    print(f"static const struct spec_attr {name}_attr[] = {{")
    for i, attr in enumerate(attrs["attributes"], 1):
        least, most = limits(spec, attr)
        size = TYPES.get(attr["type"], attr.get("checks", {}).get("exact-len", 0))
        print(f"\t[{i}] = {{ \"{attr['name']}\", ROLE_{role(attrs, attr)}, {size}, "
              f"{least}u, {most}u, {needs(attrs, attr)}, {int('multi-attr' in attr)}, "
              f"{nested(attr)} }},")
    print("};\n")
    print(f"const struct spec_set spec_{name} = {{\n\t\"{attrs['name']}\", {name}_attr, "
          f"sizeof({name}_attr) / sizeof({name}_attr[0])\n}};\n")


def print_command(spec, by_name, number_of, operation):
    """One request, or one notification."""
    source = by_name[operation["notify"]] if "notify" in operation else operation
    attrs = next(s for s in spec["attribute-sets"] if s["name"] == source["attribute-set"])
    do = source.get("do", {})
    request = [] if "mcgrp" in operation else do.get("request", {}).get("attributes", [])
    reply = do.get("reply", source.get("event", {})).get("attributes", [])
    print(f"\t[{number_of}] = {{ \"{operation['name']}\", &spec_{ident(attrs['name'])}, "
          f"{mask(attrs, request):#x}, {mask(attrs, reply):#x}, {int('dump' in operation)}, "
          f"{int('flags' in operation)} }},")


def main():
    """Write the tables."""
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = yaml.safe_load(file)
    print("/* Generated by spec.py. */\n")
    for attrs in spec["attribute-sets"]:
        print(f"extern const struct spec_set spec_{ident(attrs['name'])};")
    for attrs in spec["attribute-sets"]:
        print_set(spec, attrs)
    operations = spec["operations"]["list"]
    by_name = {operation["name"]: operation for operation in operations}
    print("const struct spec_command spec_command[] = {")
    for number_of, operation in enumerate(operations, 1):
        print_command(spec, by_name, number_of, operation)
    print("};")


main()
