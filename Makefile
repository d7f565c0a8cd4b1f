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

PACKAGES := ncursesw readline md4c libpcap libmnl
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wswitch-enum $(if $(WERROR),-Werror)
comma := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_CPPFLAGS = -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"' \
	-Isrc $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARNINGS) $(SANITIZE) -pthread $(CFLAGS)
ALL_LDFLAGS = $(SANITIZE) -pthread $(LDFLAGS)

# A room's archive, and the archives it may use, in link order.
ROOMS := command ui export lesson lab scene journal actor wire host call packet base
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
UNDER_command := ui export lesson lab scene journal actor wire host packet call base
UNDER_ui := export lesson scene journal packet call base
SRC = $(wildcard src/$1/*.c)
OBJ = $(patsubst %.c,$(B)/%.o,$(call SRC,$1))
archives = $(patsubst %,$(B)/%.a,$1)

UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
room_of = $(word 2,$(subst _, ,$1))

all: $(B)/tomada locales
.PHONY: all run check bench install deps clean unit unit-programs locales po \
	test-programs fuzz-programs fuzz-run bench-programs picture valgrind hundred

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
		tests/unit/$1.c $$(filter %.a,$$^) $(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT),$(eval $(call unit_rules,$t)))

# Tests that need namespaces, and tests that read a screen, link every room.
NET := $(patsubst %.c,$(B)/%,$(wildcard tests/net/test_*.c))
SCREEN := $(patsubst %.c,$(B)/%,$(wildcard tests/screen/test_*.c))
FUZZ := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
ALL_ARCHIVES = $(call archives,$(ROOMS))
LINK_TEST = $(Q)mkdir -p $(@D) && $(CC) $(ALL_CPPFLAGS) -Itests/screen \
	$(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.c %.a,$^) $(PKG_LIBS)

$(NET): $(B)/tests/net/%: tests/net/%.c $(ALL_ARCHIVES)
	@echo "  TEST $@"
	$(LINK_TEST) -lseccomp -lcmocka

READ_SCREEN := tests/screen/screen.c tests/screen/screen_look.c \
	tests/screen/screen_wait.c tests/screen/screen.h \
	tests/screen/screen_inside.h
$(SCREEN): $(B)/tests/screen/%: tests/screen/%.c $(READ_SCREEN) $(ALL_ARCHIVES)
	@echo "  TEST $@"
	$(LINK_TEST) -lvterm -lutil -lcmocka

# Programs that scripts of tests/facts run on a host. Nothing of ours is in
# them, so no sanitizer either: it would want to see /proc from inside.
PROGRAMS := $(patsubst %.c,$(B)/%,$(wildcard tests/programs/*.c))
$(PROGRAMS): $(B)/tests/programs/%: tests/programs/%.c
	@echo "  LD   $@"
	$(Q)mkdir -p $(@D) && $(CC) -D_GNU_SOURCE $(CPPFLAGS) \
		-std=c11 $(WARNINGS) $(CFLAGS) $(LDFLAGS) -o $@ $<

$(B)/picture: tests/screen/picture.c $(READ_SCREEN) $(ALL_ARCHIVES)
	@echo "  LD   $@"
	$(LINK_TEST) -lvterm -lutil

# make fuzz: libFuzzer over each target for FUZZ_SECONDS, from its corpus.
FUZZ_SECONDS ?= 60
$(FUZZ): $(B)/tests/fuzz/%: tests/fuzz/%.c $(ALL_ARCHIVES)
	@echo "  FUZZ $@"
	$(LINK_TEST) -fsanitize=fuzzer

unit-programs: $(patsubst %,$(B)/tests/unit/%,$(UNIT))
test-programs: all unit-programs $(NET) $(SCREEN) $(PROGRAMS) $(B)/bench/pump
fuzz-programs: $(FUZZ)

# make unit [ROOM=packet]: build and run the unit tests (of one room).
unit: $(patsubst %,$(B)/tests/unit/%,$(filter test_$(ROOM)%,$(UNIT)))
	$(Q)for t in $^; do echo "$$t"; $$t || exit 1; done

# ---- languages -----------------------------------------------------------

LANGUAGES := $(patsubst assets/po/%.po,%,$(wildcard assets/po/*.po))
MO := $(patsubst %,$(B)/locale/%/LC_MESSAGES/tomada.mo,$(LANGUAGES))

$(B)/locale/%/LC_MESSAGES/tomada.mo: assets/po/%.po
	@echo "  MO   $@"
	$(Q)mkdir -p $(@D) && msgfmt --check -o $@ $<

# gettext translates nothing in the locale C, since glibc 2.39 nothing in
# C.UTF-8 either, and a bare system has no other: the same one by another name.
C_UTF8 := $(firstword $(wildcard /usr/lib/locale/C.utf8 /usr/lib/locale/C.UTF-8))

$(B)/locale/tomada.utf8:
	$(Q)mkdir -p $(@D) && { [ -z "$(C_UTF8)" ] || ln -sfn $(C_UTF8) $@; }

$(B)/tomada.pot: $(wildcard src/*.c src/*/*.c src/*/*.h)
	$(Q)mkdir -p $(@D)
	$(Q)xgettext --from-code=UTF-8 -k_ -kN_ --no-location --sort-output \
		--package-name=tomada --package-version=$(VERSION) -o $@ $^

locales: $(MO) $(B)/locale/tomada.utf8

# make po: bring the translations up to date with the sources.
po: $(B)/tomada.pot
	$(Q)for l in $(LANGUAGES); do msgmerge -q --no-fuzzy-matching \
		--no-location --sort-output --update --backup=none \
		assets/po/$$l.po $<; done

# ---- what people type ----------------------------------------------------

# All processors build, where nobody said how many jobs.
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

deps:
	$(Q)assets/install-packages build

run: deps
	$(Q)$(MAKE) $(JOBS) --no-print-directory all
	$(Q)$(B)/tomada lesson tour

check:
	$(Q)assets/install-packages build test
	$(Q)$(MAKE) $(JOBS) --no-print-directory test-programs
	$(Q)B=$(B) tests/run

# make fuzz-run: each target, FUZZ_SECONDS long.
fuzz-run:
	$(Q)assets/install-packages build test ci
	$(Q)$(MAKE) $(JOBS) --no-print-directory B=$(B)/fuzz CC=clang SAN=1 \
		CFLAGS="-O1 -g -fsanitize=fuzzer-no-link" fuzz-programs
	$(Q)FUZZ_SECONDS=$(FUZZ_SECONDS) B=$(B)/fuzz tests/fuzz/run

# make valgrind: the unit tests once more, under Valgrind's memcheck.
valgrind:
	$(Q)assets/install-packages build test ci
	$(Q)$(MAKE) $(JOBS) --no-print-directory unit-programs
	$(Q)B=$(B) tests/memcheck $(UNIT)

# make hundred: the acceptance scripts a hundred times in a row, with every
# processor kept busy.
hundred: all
	$(Q)B=$(B) tests/hundred

bench:
	$(Q)assets/install-packages build test bench
	$(Q)$(MAKE) $(JOBS) --no-print-directory all bench-programs
	$(Q)B=$(B) bench/run

TIMED := bench/timed.c bench/timed.h
BENCH := $(patsubst %.c,$(B)/%,$(filter-out $(TIMED),$(wildcard bench/*.c)))
bench-programs: $(BENCH)
$(BENCH): $(B)/bench/%: bench/%.c $(TIMED) $(ALL_ARCHIVES)
	@echo "  LD   $@"
	$(LINK_TEST) -lutil

# make picture: the screen that README shows, from a real run.
picture: all $(B)/picture
	$(Q)B=$(B) assets/picture

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/tomada $(DESTDIR)/etc/apparmor.d \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m755 $(B)/tomada $(DESTDIR)$(PREFIX)/bin/tomada
	cp -r lessons $(DESTDIR)$(PREFIX)/share/tomada/
	install -m644 assets/tomada.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m644 assets/completion.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/tomada
	for l in $(LANGUAGES); do \
		install -D -m644 $(B)/locale/$$l/LC_MESSAGES/tomada.mo \
		$(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/tomada.mo; done
	[ -z "$(C_UTF8)" ] || ln -sfn $(C_UTF8) \
		$(DESTDIR)$(PREFIX)/share/locale/tomada.utf8
	sed 's|@PREFIX@|$(PREFIX)|' assets/apparmor.profile \
		>$(DESTDIR)/etc/apparmor.d/tomada
	@[ -n "$(DESTDIR)" ] || ! command -v apparmor_parser >/dev/null || \
		apparmor_parser -r /etc/apparmor.d/tomada || \
		echo "the AppArmor profile was installed but not loaded"

clean:
	rm -rf $(B)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
