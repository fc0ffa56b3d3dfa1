#define _GNU_SOURCE
#include "CSockets.h"

#include <errno.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static int is_mapped(const uint8_t *address) {
  static const uint8_t prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return !memcmp(address, prefix, sizeof prefix);
}

static socklen_t to_system(
  const csockets_peer *from, uint16_t port, struct sockaddr_storage *address) {
  memset(address, 0, sizeof *address);
  if (is_mapped(from->address)) {
    struct sockaddr_in *v4 = (struct sockaddr_in *)address;
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    memcpy(&v4->sin_addr, from->address + 12, 4);
    return sizeof *v4;
  }
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)address;
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  v6->sin6_scope_id = from->scope;
  memcpy(&v6->sin6_addr, from->address, 16);
  return sizeof *v6;
}

static void from_system(const struct sockaddr_storage *address, csockets_peer *peer) {
  memset(peer, 0, sizeof *peer);
  if (address->ss_family == AF_INET) {
    peer->address[10] = peer->address[11] = 0xff;
    memcpy(peer->address + 12, &((const struct sockaddr_in *)address)->sin_addr, 4);
  } else if (address->ss_family == AF_INET6) {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
    memcpy(peer->address, &v6->sin6_addr, 16);
    peer->scope = v6->sin6_scope_id;
  }
}

static int set(int socket, int level, int option, int value) {
  return setsockopt(socket, level, option, &value, sizeof value);
}

static int prepare(int socket, const csockets_peer *from, uint16_t port, int is_tcp, int buffer) {
  static const uint8_t any[16];
  struct sockaddr_storage address;
  socklen_t length = to_system(from, port, &address);
  // Only the address that stands for all of IPv6 stands for all of IPv4 too.
  if (address.ss_family == AF_INET6)
    set(socket, IPPROTO_IPV6, IPV6_V6ONLY, memcmp(from->address, any, 16) != 0);
  if (is_tcp) {
    if (set(socket, SOL_SOCKET, SO_REUSEADDR, 1)) return -1;
  } else {
    set(socket, SOL_SOCKET, SO_RXQ_OVFL, 1);
    if (set(socket, SOL_SOCKET, SO_RCVBUFFORCE, buffer))
      set(socket, SOL_SOCKET, SO_RCVBUF, buffer);
  }
  if (bind(socket, (struct sockaddr *)&address, length)) return -1;
  return is_tcp ? listen(socket, 128) : 0;
}

int csockets_open(const csockets_peer *from, uint16_t port, int is_tcp, int buffer) {
  int family = is_mapped(from->address) ? AF_INET : AF_INET6;
  int type = (is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
  int opened = socket(family, type, 0);
  if (opened < 0 || !prepare(opened, from, port, is_tcp, buffer)) return opened;
  int code = errno;
  close(opened);
  errno = code;
  return -1;
}

int csockets_accept(int listener, csockets_peer *peer) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  int accepted = accept4(
    listener, (struct sockaddr *)&address, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (accepted >= 0) from_system(&address, peer);
  return accepted;
}

int64_t csockets_drops(int socket) {
  uint32_t values[SK_MEMINFO_VARS];
  socklen_t length = sizeof values;
  if (getsockopt(socket, SOL_SOCKET, SO_MEMINFO, values, &length)) return -1;
  return length > SK_MEMINFO_DROPS * sizeof *values ? (int64_t)values[SK_MEMINFO_DROPS] : -1;
}

enum { datagram_size = 65536, control_size = CMSG_SPACE(sizeof(uint32_t)) };

typedef struct {
  struct sockaddr_storage sender;
  struct iovec part;
  _Alignas(struct cmsghdr) char control[control_size];
} slot;

struct csockets_batch {
  unsigned count;
  uint8_t *bytes;
  slot *slots;
  struct mmsghdr *messages;
};

csockets_batch *csockets_new_batch(unsigned count) {
  csockets_batch *batch = calloc(1, sizeof *batch);
  if (!batch) return NULL;
  batch->count = count;
  batch->slots = calloc(count, sizeof *batch->slots);
  batch->messages = calloc(count, sizeof *batch->messages);
  batch->bytes = mmap(
    NULL, (size_t)count * datagram_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (batch->slots && batch->messages && batch->bytes != MAP_FAILED) return batch;
  csockets_free_batch(batch);
  return NULL;
}

void csockets_free_batch(csockets_batch *batch) {
  if (batch->bytes != MAP_FAILED) munmap(batch->bytes, (size_t)batch->count * datagram_size);
  free(batch->slots);
  free(batch->messages);
  free(batch);
}

static void note_drops(struct msghdr *message, int64_t *drops) {
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_RXQ_OVFL) continue;
    uint32_t count;
    memcpy(&count, CMSG_DATA(c), sizeof count);
    *drops = count;
  }
}

int csockets_receive(int socket, csockets_batch *batch, int64_t *drops) {
  for (unsigned i = 0; i < batch->count; i++) {
    slot *slot = &batch->slots[i];
    slot->part = (struct iovec){batch->bytes + (size_t)i * datagram_size, datagram_size};
    batch->messages[i].msg_hdr = (struct msghdr){
      .msg_name = &slot->sender, .msg_namelen = sizeof slot->sender, .msg_iov = &slot->part,
      .msg_iovlen = 1, .msg_control = slot->control, .msg_controllen = sizeof slot->control};
  }
  int received = recvmmsg(socket, batch->messages, batch->count, MSG_DONTWAIT, NULL);
  for (int i = 0; i < received; i++) note_drops(&batch->messages[i].msg_hdr, drops);
  return received;
}

const uint8_t *csockets_datagram(
  const csockets_batch *batch, int index, size_t *length, csockets_peer *peer) {
  *length = batch->messages[index].msg_len;
  from_system(&batch->slots[index].sender, peer);
  return batch->bytes + (size_t)index * datagram_size;
}

int csockets_new_set(void) { return epoll_create1(EPOLL_CLOEXEC); }

int csockets_add(int set, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
  return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

int csockets_ready(int set, int *descriptors, int count) {
  struct epoll_event events[64];
  if (count > 64) count = 64;
  int ready = epoll_wait(set, events, count, 0);
  for (int i = 0; i < ready; i++) descriptors[i] = events[i].data.fd;
  return ready;
}
