/* fields of what IP carries. Each decoder takes its header and leaves the
 * reader at the payload. The facts are those of the same frame. */
#ifndef PACKET_FIELDS_TRANSPORT_H
#define PACKET_FIELDS_TRANSPORT_H

struct facts;
struct spans;

void fields_tcp(struct spans *s, const struct facts *f);
void fields_udp(struct spans *s, const struct facts *f);
void fields_icmp(struct spans *s, const struct facts *f);

#endif
