/* tcp_info: what TCP_INFO gives, as a record. A file of its own, because the C
 * library's struct tcp_info is older than the kernel's. */
#ifndef CALL_TCP_INFO_H
#define CALL_TCP_INFO_H

struct value;

/* Read TCP_INFO: 0, or the errno. v holds nothing yet. Fields that this kernel
 * does not have are left out. */
int tcp_info_get(int fd, struct value *v);

#endif
