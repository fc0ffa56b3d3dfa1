#include "CMicrohttpd.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// What is needed of <microhttpd.h>: the numbers and prototypes are part of the stable ABI of
// libmicrohttpd.so.12, so that nothing but the library itself has to be installed.

struct MHD_Daemon;
struct MHD_Connection;
struct MHD_Response;

enum {
  MHD_NO = 0,
  MHD_YES = 1,

  MHD_USE_EPOLL = 512,

  MHD_OPTION_END = 0,
  MHD_OPTION_CONNECTION_MEMORY_LIMIT = 1,
  MHD_OPTION_CONNECTION_LIMIT = 2,
  MHD_OPTION_CONNECTION_TIMEOUT = 3,
  MHD_OPTION_LISTEN_SOCKET = 12,
  MHD_OPTION_NOTIFY_CONNECTION = 27,

  MHD_CONNECTION_NOTIFY_STARTED = 0,
  MHD_CONNECTION_INFO_CONNECTION_FD = 6,
  MHD_DAEMON_INFO_EPOLL_FD = 3,
  MHD_RESPMEM_MUST_FREE = 1,
};

typedef int (*access_handler)(
    void *, struct MHD_Connection *, const char *, const char *, const char *, const char *,
    size_t *, void **);

static struct {
  struct MHD_Daemon *(*start)(unsigned, uint16_t, void *, void *, access_handler, void *, ...);
  void (*stop)(struct MHD_Daemon *);
  int (*run)(struct MHD_Daemon *);
  int (*get_timeout)(struct MHD_Daemon *, unsigned long long *);
  const int *(*daemon_info)(struct MHD_Daemon *, int, ...);
  const int *(*connection_info)(struct MHD_Connection *, int, ...);
  struct MHD_Response *(*response)(size_t, void *, int);
  int (*add_header)(struct MHD_Response *, const char *, const char *);
  int (*queue)(struct MHD_Connection *, unsigned, struct MHD_Response *);
  void (*destroy)(struct MHD_Response *);
  int is_loaded;
} mhd;

static pthread_once_t loading = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  *(void **)&mhd.start = dlsym(library, "MHD_start_daemon");
  *(void **)&mhd.stop = dlsym(library, "MHD_stop_daemon");
  *(void **)&mhd.run = dlsym(library, "MHD_run");
  *(void **)&mhd.get_timeout = dlsym(library, "MHD_get_timeout");
  *(void **)&mhd.daemon_info = dlsym(library, "MHD_get_daemon_info");
  *(void **)&mhd.connection_info = dlsym(library, "MHD_get_connection_info");
  *(void **)&mhd.response = dlsym(library, "MHD_create_response_from_buffer");
  *(void **)&mhd.add_header = dlsym(library, "MHD_add_response_header");
  *(void **)&mhd.queue = dlsym(library, "MHD_queue_response");
  *(void **)&mhd.destroy = dlsym(library, "MHD_destroy_response");
  mhd.is_loaded = mhd.start && mhd.stop && mhd.run && mhd.get_timeout && mhd.daemon_info &&
                  mhd.connection_info && mhd.response && mhd.add_header && mhd.queue && mhd.destroy;
}

int cmicrohttpd_is_available(void) {
  pthread_once(&loading, load);
  return mhd.is_loaded;
}

// An open connection. The library's own time-out begins anew with every byte, so that a client could
// hold a connection for hours; this one does not.
struct connection {
  int descriptor; // -1 for a free place
  int is_ended;
  double deadline;
};

struct cmicrohttpd {
  struct MHD_Daemon *daemon;
  struct cmicrohttpd_limits limits;
  cmicrohttpd_handler handler;
  void *context;
  double now;
  unsigned long ended; // the number of connections that have ended
  struct connection connections[64];
};

static const size_t places = sizeof((struct cmicrohttpd *)0)->connections / sizeof(struct connection);

// Notes that a connection begins or ends.
static void note(void *context, struct MHD_Connection *connection, void **own, int what) {
  struct cmicrohttpd *server = context;
  if (what != MHD_CONNECTION_NOTIFY_STARTED) {
    struct connection *place = *own;
    if (place) place->descriptor = -1;
    *own = NULL;
    server->ended++;
    return;
  }
  const int *descriptor = mhd.connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (!descriptor) return;
  for (size_t i = 0; i < places; i++) {
    struct connection *place = &server->connections[i];
    if (place->descriptor >= 0) continue;
    *place = (struct connection){*descriptor, 0, server->now + server->limits.seconds};
    *own = place;
    return;
  }
}

// Ends the connections whose time is over. The library closes them when it reads their end.
static void end_overdue(struct cmicrohttpd *server) {
  for (size_t i = 0; i < places; i++) {
    struct connection *place = &server->connections[i];
    if (place->descriptor < 0 || place->is_ended || place->deadline > server->now) continue;
    place->is_ended = 1;
    shutdown(place->descriptor, SHUT_RDWR);
  }
}

// Sends an answer, whose body is freed in any case.
static int send_answer(
    struct MHD_Connection *connection, struct cmicrohttpd_answer answer, const char *allowed) {
  struct MHD_Response *response = mhd.response(answer.size, answer.body, MHD_RESPMEM_MUST_FREE);
  if (!response) {
    free(answer.body);
    return MHD_NO;
  }
  mhd.add_header(response, "Content-Type", answer.content_type);
  if (allowed) mhd.add_header(response, "Allow", allowed);
  mhd.add_header(response, "Cache-Control", "no-store");
  // Whoever asks every few seconds must not occupy one of the few connections in between.
  mhd.add_header(response, "Connection", "close");
  int result = mhd.queue(connection, answer.status, response);
  mhd.destroy(response);
  return result;
}

static int refuse(struct MHD_Connection *connection) {
  struct cmicrohttpd_answer answer = {405, "text/plain; charset=utf-8", NULL, 0};
  answer.body = strdup("only GET and HEAD are answered\n");
  if (!answer.body) return MHD_NO;
  answer.size = strlen(answer.body);
  return send_answer(connection, answer, "GET, HEAD");
}

// Called once when the head of a request is complete, for each part of its body, and at its end.
static int handle(
    void *context, struct MHD_Connection *connection, const char *path, const char *method,
    const char *version, const char *body, size_t *body_size, void **own) {
  (void)version;
  (void)body;
  struct cmicrohttpd *server = context;
  if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) return refuse(connection);
  if (!*own) {
    *own = server;
    return MHD_YES;
  }
  if (*body_size > 0) {
    *body_size = 0;
    return MHD_YES;
  }
  struct cmicrohttpd_answer answer = {500, "text/plain; charset=utf-8", NULL, 0};
  server->handler(server->context, path, &answer);
  return answer.body || answer.size == 0 ? send_answer(connection, answer, NULL) : MHD_NO;
}

struct cmicrohttpd *cmicrohttpd_start(
    int listener, struct cmicrohttpd_limits limits, cmicrohttpd_handler handler, void *context) {
  if (!cmicrohttpd_is_available() || limits.connections > places) return NULL;
  struct cmicrohttpd *server = calloc(1, sizeof *server);
  if (!server) return NULL;
  server->limits = limits;
  server->handler = handler;
  server->context = context;
  for (size_t i = 0; i < places; i++) server->connections[i].descriptor = -1;
  server->daemon = mhd.start(
      MHD_USE_EPOLL, 0, NULL, NULL, handle, server,
      MHD_OPTION_LISTEN_SOCKET, listener,
      MHD_OPTION_CONNECTION_LIMIT, limits.connections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.head_size,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)limits.seconds,
      MHD_OPTION_NOTIFY_CONNECTION, note, server,
      MHD_OPTION_END);
  if (!server->daemon) {
    free(server);
    return NULL;
  }
  return server;
}

int cmicrohttpd_descriptor(struct cmicrohttpd *server) {
  const int *descriptor = mhd.daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return descriptor ? *descriptor : -1;
}

double cmicrohttpd_run(struct cmicrohttpd *server, double now) {
  server->now = now;
  end_overdue(server);
  unsigned long long milliseconds = 0;
  int has_timeout = MHD_YES;
  // What was read in one go may need several runs: reading, answering, closing. Once a connection has
  // ended, the library listens again, if it had too many, only in the next run.
  for (int i = 0; i < 32; i++) {
    unsigned long ended = server->ended;
    mhd.run(server->daemon);
    has_timeout = mhd.get_timeout(server->daemon, &milliseconds);
    if (has_timeout == MHD_YES && milliseconds == 0) continue;
    if (server->ended == ended) break;
    has_timeout = MHD_YES;
    milliseconds = 0;
  }
  double wait = has_timeout == MHD_YES ? (double)milliseconds / 1000 : -1;
  for (size_t i = 0; i < places; i++) {
    struct connection *place = &server->connections[i];
    if (place->descriptor < 0 || place->is_ended) continue;
    double left = place->deadline > now ? place->deadline - now : 0;
    if (wait < 0 || left < wait) wait = left;
  }
  return wait;
}

void cmicrohttpd_stop(struct cmicrohttpd *server) {
  mhd.stop(server->daemon);
  free(server);
}
