# Ubuntu 24.04 and later let a program make user namespaces only when a
# profile says so. tomada makes its hosts in one; nothing else is changed.
abi <abi/4.0>,
include <tunables/global>

profile tomada @PREFIX@/bin/tomada flags=(unconfined) {
	userns,
	include if exists <local/tomada>
}
