#ifndef CSOCKETS_H
#define CSOCKETS_H

#include <stdint.h>
#include <sys/types.h>

// What Linux offers for sockets beyond POSIX, and Swift does not see. Addresses are those of IPv6 in
// network order; an IPv4 address is mapped into them (::ffff:192.0.2.1). Every descriptor is closed in
// programs that are started, and never blocks.

typedef struct {
  uint8_t address[16];
  uint32_t scope;
} csockets_peer;

// Opens a socket that is bound to an address and a port, and listens if it is of TCP. A large receive
// buffer is asked for; the kernel gives what it allows. Returns -1 with errno on failure.
int csockets_open(const csockets_peer *address, uint16_t port, int is_tcp, int receive_buffer);

// Accepts a connection. Returns -1 with errno if there is none. (accept4(2))
int csockets_accept(int listener, csockets_peer *peer);

// How many datagrams the kernel has dropped since the socket was opened, modulo 2^32; -1 if it does not
// say. (SO_MEMINFO in socket(7))
int64_t csockets_drops(int socket);

// Memory for datagrams that are received together.
typedef struct csockets_batch csockets_batch;

// Makes memory for `count` datagrams of at most 64 KiB; memory is used as far as it was filled.
csockets_batch *csockets_new_batch(unsigned count);
void csockets_free_batch(csockets_batch *batch);

// Receives datagrams. Returns their number, or -1 with errno. `drops` becomes the count of datagrams
// that the kernel had dropped when the last one arrived, if it says so. (recvmmsg(2), SO_RXQ_OVFL)
int csockets_receive(int socket, csockets_batch *batch, int64_t *drops);

// A received datagram, until the next call.
const uint8_t *csockets_datagram(
  const csockets_batch *batch, int index, size_t *length, csockets_peer *peer);

// Makes a descriptor that is readable while any descriptor added to it is. (epoll(7))
int csockets_new_set(void);
int csockets_add(int set, int descriptor);
// The descriptors that are readable now, at most `count`. Returns their number.
int csockets_ready(int set, int *descriptors, int count);

#endif
