# tap: what the shell tests share. A test sources it, then calls `is`, `like`,
# `ok` and ends with `done_testing`. TOMADA is the program; scratch is a folder
# of the test's own, removed at its end.
: "${TOMADA:=$PWD/build/tomada}"
number=0 wrong=0
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

ok() { # status, name, diagnosis
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		wrong=1
		echo "not ok $number - $2"
		printf '%s\n' "$3" | sed 's/^/# /'
	fi
}
is() { # got, expected, name
	[ "$1" = "$2" ]
	ok $? "$3" "got: $1
expected: $2"
}
like() { # got, extended regular expression, name
	printf '%s\n' "$1" | grep -Eq -- "$2"
	ok $? "$3" "got: $1
expected something like: $2"
}
skip() { # name, why
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}
# Wait until a command succeeds, SECONDS at most.
wait_for() {
	limit=$(($(date +%s) + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -le "$limit" ] || return 1
	done
}
# side_by_side COMMAND ITEM…: the command for each item, SIDE_BY_SIDE at a time:
# each of so many shells takes its share.
side_by_side() {
	command=$1 turn=0
	shift
	while [ "$turn" -lt "$SIDE_BY_SIDE" ]; do
		(
			n=0
			for item; do
				[ $((n % SIDE_BY_SIDE)) != "$turn" ] ||
					$command "$item"
				n=$((n + 1))
			done
		) &
		turn=$((turn + 1))
	done
	wait
}
done_testing() {
	echo "1..$number"
	exit $wrong
}
# Whether an ordinary user may make the lab's namespaces here.
can_namespaces() { unshare -Urnpf true 2>/dev/null; }
