#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Generate the netlink code and its reference from their specification.
#
#   KSRC=/path/to/linux-6.12 scripts/regen-genl.sh [--check]
#
# KSRC is a kernel source tree with tools/net/ynl (Debian: linux-source-6.12).
# With --check nothing is written; a difference is shown and exits 1.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
spec=Documentation/netlink/specs/cvswitch.yaml
: "${KSRC:?KSRC must name a kernel source tree with tools/net/ynl}"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The generator looks for its schema beside the spec, and for the root of a
# kernel tree above it, which it knows by a file named MAINTAINERS.
mkdir -p "$tmp/Documentation/netlink/specs" "$tmp/uapi/linux" "$tmp/kmod"
touch "$tmp/MAINTAINERS"
cp "$KSRC"/Documentation/netlink/*.yaml "$tmp/Documentation/netlink/"
cp "$top/$spec" "$tmp/$spec"

ynl() {
	(cd "$tmp" && python3 "$KSRC/tools/net/ynl/ynl-gen-c.py" --spec "$spec" "$@")
}

ynl --mode uapi --header -o uapi/linux/cvswitch.h
ynl --mode kernel --header -o kmod/cvs_genl_gen.h
ynl --mode kernel --source -o kmod/cvs_genl_gen.c
(cd "$tmp" && python3 "$KSRC/tools/net/ynl/ynl-gen-rst.py" -i "$spec" \
	-o Documentation/netlink/cvswitch.rst)

# The family is written by hand (cvs_genl.c), and with it its multicast groups.
sed -i '/^static const struct genl_multicast_group/,/^};/d' "$tmp/kmod/cvs_genl_gen.c"
sed -i -e 's|<uapi/linux/cvswitch.h>|<linux/cvswitch.h>|' "$tmp"/kmod/cvs_genl_gen.[ch]

status=0
for f in uapi/linux/cvswitch.h kmod/cvs_genl_gen.h kmod/cvs_genl_gen.c \
	Documentation/netlink/cvswitch.rst; do
	if [ "${1-}" = --check ]; then
		diff -u "$top/$f" "$tmp/$f" || status=1
	else
		cp "$tmp/$f" "$top/$f"
	fi
done
exit $status
