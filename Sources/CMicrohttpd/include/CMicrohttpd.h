#ifndef CMICROHTTPD_H
#define CMICROHTTPD_H

#include <stddef.h>

// A small HTTP server by libmicrohttpd. The library is loaded when a server is started, so that a
// program that serves nothing neither depends on it nor pays for loading it.
//
// A server has no thread of its own: its owner calls cmicrohttpd_run whenever the descriptor is
// readable or the time is over that the last call returned. All calls for one server must come from
// one thread at a time.

// The answer to a request.
struct cmicrohttpd_answer {
  unsigned status;
  const char *content_type; // a string that is never freed
  void *body;               // from malloc; the server frees it
  size_t size;
};

// Answers a GET or HEAD request. The path is decoded, without a query.
typedef void (*cmicrohttpd_handler)(
    void *context, const char *path, struct cmicrohttpd_answer *answer);

struct cmicrohttpd_limits {
  unsigned connections; // at most 64
  size_t head_size;     // the longest head of a request, in bytes
  double seconds;       // a connection ends that long after it began, whatever it is doing
};

struct cmicrohttpd;

// Whether the library can be loaded.
int cmicrohttpd_is_available(void);

// Starts a server.
//
// listener: a bound, listening, non-blocking socket, which the server closes when it is stopped.
// Returns NULL if the library refuses; the listener is then still open.
struct cmicrohttpd *cmicrohttpd_start(
    int listener, struct cmicrohttpd_limits limits, cmicrohttpd_handler handler, void *context);

// The descriptor that is readable when there is something to do.
int cmicrohttpd_descriptor(struct cmicrohttpd *server);

// Does what can be done without waiting.
//
// now: seconds of a clock that never jumps.
// Returns the time after which it must be called again, in seconds; negative if that is not needed.
double cmicrohttpd_run(struct cmicrohttpd *server, double now);

// Ends all connections and frees the server.
void cmicrohttpd_stop(struct cmicrohttpd *server);

#endif
