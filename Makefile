# tomada: everything is built under $(B).
#
#   make            the program, at build/tomada
#   make run        install what is missing, build, open lesson 00
#   make check      install what is missing, build, run every test
#   make bench      measure against peers
#   make install    under PREFIX (/usr/local), DESTDIR respected
#
# CFLAGS, CPPFLAGS and LDFLAGS are yours. V=1 shows commands, SAN=1 builds with
# the address and undefined-behaviour sanitizers, WERROR=1 lets no warning by.

B ?= build
PREFIX ?= /usr/local
CC ?= cc
CFLAGS ?= -O2 -g
VERSION := 0.1.0
Q := $(if $(V),,@)

PACKAGES := ncursesw readline md4c libpcap libmnl libseccomp
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wswitch-enum $(if $(WERROR),-Werror)
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer)
comma := ,
ALL_CPPFLAGS = -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"' \
	-Isrc $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARNINGS) $(SANITIZE) -pthread $(CFLAGS)
ALL_LDFLAGS = $(SANITIZE) -pthread $(LDFLAGS)

# A room's archive, and the archives it may use, in link order.
ROOMS := ui export lesson lab scene journal actor wire host call packet base
UNDER_base :=
UNDER_packet := base
UNDER_call := base
UNDER_host := base
UNDER_journal := packet call base
UNDER_scene := journal packet call base
UNDER_wire := packet call base
UNDER_actor := call base
UNDER_lab := scene journal actor wire host packet call base
UNDER_lesson := scene journal packet call base
UNDER_export := scene journal packet call base
UNDER_ui := export lesson scene journal packet call base
SRC = $(wildcard src/$1/*.c)
OBJ = $(patsubst %.c,$(B)/%.o,$(call SRC,$1))
archives = $(patsubst %,$(B)/%.a,$1)

UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
room_of = $(word 2,$(subst _, ,$1))

all: $(B)/tomada
.PHONY: all run check bench install deps clean unit

$(B)/tomada: $(B)/src/main.o $(call archives,$(ROOMS))
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

define room_rules
$(B)/$1.a: $(call OBJ,$1)
	@echo "  AR   $$@"
	$(Q)rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$r)))

$(B)/src/%.o: src/%.c
	@echo "  CC   $<"
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# A unit test of a room links that room and what it may use: nothing more.
define unit_rules
$(B)/tests/unit/$1: tests/unit/$1.c \
		$(call archives,$(call room_of,$1) $(UNDER_$(call room_of,$1)))
	@echo "  TEST $$@"
	$(Q)mkdir -p $$(@D)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $$@ \
		$$(filter %.c %.a,$$^) $(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT),$(eval $(call unit_rules,$t)))

# make unit [ROOM=packet]: build and run the unit tests (of one room).
unit: $(patsubst %,$(B)/tests/unit/%,$(filter test_$(ROOM)%,$(UNIT)))
	$(Q)for t in $^; do echo "$$t"; $$t || exit 1; done

clean:
	rm -rf $(B)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
