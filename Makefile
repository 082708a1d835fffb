# SPDX-License-Identifier: GPL-2.0
#
# cvswitch: the kernel module, its tool and everything around them. 'make help' lists the targets.

KDIR	?= /lib/modules/$(shell uname -r)/build
PREFIX	?= /usr
KERNEL	?= 6.12
export DESTDIR PREFIX DKMS

# The kernel that KDIR belongs to; each kernel's objects have a directory of their own.
RELEASE	:= $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' $(KDIR)/include/generated/utsrelease.h 2>/dev/null)
MODDIR	= build/$(if $(CVS_KUNIT),kunit-)$(RELEASE)
# Kbuild takes the host's architecture unless told otherwise.
ifneq ($(shell grep -s '^CONFIG_UML=y' $(KDIR)/.config),)
export ARCH := um
endif
# A kernel with a chroot beside its headers is built for in there ('scripts/kernels newest').
ifneq ($(wildcard $(dir $(KDIR))chroot),)
ENTER	:= scripts/enter $(dir $(KDIR))chroot
HEADERS	:= /lib/modules/$(RELEASE)/build
else
HEADERS	:= $(KDIR)
endif

CFLAGS	?= -O2 -g
CPPFLAGS += -Iuapi -DCVS_VERSION='"$(shell cat VERSION)"' -D_GNU_SOURCE -D_FORTIFY_SOURCE=2
TOOL_CFLAGS = -std=gnu11 -Wall -Wextra -Wformat=2 -fstack-protector-strong -fPIE -MMD -MP \
	      $(shell pkg-config --cflags libnl-genl-3.0 jansson)
TOOL_LDLIBS = $(shell pkg-config --libs libnl-genl-3.0 jansson)
TOOL_OBJS := $(patsubst userspace/%.c,build/userspace/%.o,$(wildcard userspace/*.c))
SELFTEST_PROGS := $(patsubst tests/selftests/src/%.c,build/selftests/%,$(wildcard tests/selftests/src/*.c))

Q := $(if $(V),,@)
silent := $(V)$(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(silent),:,printf '  %-7s %s\n' $(1))

.PHONY: all module tool selftest-progs kdir
all: module tool

kdir:
	@[ -n '$(RELEASE)' ] || { echo 'cvswitch: no kernel headers in $(KDIR):' \
		"install the package linux-headers-$$(uname -r), or name another kernel with KDIR=" >&2; exit 1; }
	@printf '%s\n' 6.1 '$(RELEASE)' | sort -VC || { \
		echo 'cvswitch: Linux $(RELEASE) is too old: 6.1 is the oldest that is supported' >&2; exit 1; }

# Kbuild writes beside the sources, so it is shown links to them, in a directory per kernel.
module: kdir
	$(Q)mkdir -p $(MODDIR)/scripts
	$(Q)find -L $(MODDIR) -type l -delete
	$(Q)cp -rsfT $(CURDIR)/kmod $(MODDIR)/kmod
	$(Q)cp -rsfT $(CURDIR)/uapi $(MODDIR)/uapi
	$(Q)cp -rsf $(CURDIR)/Kbuild $(CURDIR)/VERSION $(MODDIR)
	$(Q)cp -rsf $(wildcard $(CURDIR)/scripts/probe*) $(MODDIR)/scripts
	$(Q)$(if $(CVS_KUNIT),mkdir -p $(MODDIR)/tests && cp -rsf $(CURDIR)/tests/kunit $(CURDIR)/tests/acl $(MODDIR)/tests)
	$(Q)$(ENTER) $(MAKE) --no-print-directory -C $(HEADERS) M=$(CURDIR)/$(MODDIR) modules

tool: build/cvswitch-ctl

build/cvswitch-ctl: $(TOOL_OBJS)
	@$(call say,LD) $@
	$(Q)$(CC) -pie -Wl,-z,relro,-z,now $(LDFLAGS) -o $@.new $^ $(TOOL_LDLIBS) && mv $@.new $@

build/userspace/%.o: userspace/%.c VERSION
	@mkdir -p $(@D)
	@$(call say,CC) $@
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(TOOL_CFLAGS) -c -o $@ $<

selftest-progs: $(SELFTEST_PROGS) build/selftests/nlfuzz build/selftests/aclcheck

SELFTEST_CFLAGS = -Iuapi -D_GNU_SOURCE -O2 -Wall -Wextra

build/selftests/%: tests/selftests/src/%.c
	@mkdir -p $(@D)
	@$(call say,CC) $@
	$(Q)$(CC) $(SELFTEST_CFLAGS) -MMD -MP -o $@ $< -lpthread

# The fuzzer of the netlink interface knows the specification.
build/fuzz/tables.h: tests/fuzz/netlink/spec.py Documentation/netlink/specs/cvswitch.yaml
	@mkdir -p $(@D)
	@$(call say,GEN) $@
	$(Q)python3 $^ > $@.new && mv $@.new $@

build/selftests/nlfuzz: $(wildcard tests/fuzz/netlink/*.[ch]) $(wildcard tests/selftests/src/*.h) \
			build/fuzz/tables.h
	@mkdir -p $(@D)
	@$(call say,CC) $@
	$(Q)$(CC) $(SELFTEST_CFLAGS) -Ibuild/fuzz -o $@ $(filter %.c,$^) -lpthread

# The model of rules is shared with the unit tests.
build/selftests/aclcheck: $(wildcard tests/acl/*.[ch]) tests/selftests/src/frame.h
	@mkdir -p $(@D)
	@$(call say,CC) $@
	$(Q)$(CC) $(SELFTEST_CFLAGS) -Itests/selftests/src -o $@ $(filter %.c,$^)

-include $(wildcard build/userspace/*.d build/selftests/*.d)

.PHONY: install uninstall load unload
install: kdir
	$(Q)scripts/install install $(RELEASE)

uninstall:
	$(Q)scripts/install uninstall

load: module
	$(Q)scripts/load $(MODDIR)/cvswitch.ko

unload:
	$(Q)rmmod cvswitch

.PHONY: check check-long demo bench coverage fuzz vm uml selftest race soak kunit regen
check demo:
	@scripts/$@

check-long:
	@scripts/check --long

bench:
	@tests/bench/bench

coverage:
	@tests/coverage/coverage

vm:
	@scripts/vm $(KERNEL) --smp $(or $(SMP),1) -- bash -c '$(subst ','\'',$(value CMD))'

uml:
	@scripts/vm debug$(if $(SMP),-smp) -- bash -c '$(subst ','\'',$(value CMD))'

selftest:
	@scripts/selftest $(KERNEL) $(T)

fuzz:
	@scripts/fuzz $(T) $(KERNEL) $(or $(SECONDS),600) $(SEED)

race:
	@scripts/race $(KERNEL) $(SECONDS)

soak:
	@scripts/soak $(KERNEL) $(or $(SECONDS),3600) $(SEED)

# The debug kernel is only asked for where it is wanted: building it takes a while.
kunit:
	$(Q)mkdir -p build
	$(Q)debug=$$(scripts/kernels debug) && \
		flock build/lock $(MAKE) -s module CVS_KUNIT=1 KDIR="$$debug/build" >&2
	$(Q)scripts/vm debug --no-module -- tests/kunit/run.sh '$(SEED)' '$(T)' $(P)

regen:
	@scripts/setup check
	@KSRC=$$(scripts/kernels source) scripts/regen-genl.sh

.PHONY: clean clean-cache help
clean:
	$(Q)rm -rf build

clean-cache:
	$(Q)rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/cvswitch"

help:
	@cat scripts/help.txt
