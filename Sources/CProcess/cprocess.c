#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

int cprocess_processors(void) {
  cpu_set_t allowed;
  // It is refused where the machine has more processors than the set can hold.
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return (int)sysconf(_SC_NPROCESSORS_ONLN);
  return CPU_COUNT(&allowed);
}

// What libdispatch offers to run loops, and swift-corelibs-foundation uses. Weak, so that the program
// starts with a libdispatch that has other names for it.
__attribute__((weak)) extern int _dispatch_get_main_queue_handle_4CF(void);
__attribute__((weak)) extern void _dispatch_main_queue_callback_4CF(void *);

_Noreturn extern void dispatch_main(void);

_Noreturn void cprocess_run_main_queue(void) {
  if (!_dispatch_get_main_queue_handle_4CF || !_dispatch_main_queue_callback_4CF) dispatch_main();
  struct pollfd wake = {.fd = _dispatch_get_main_queue_handle_4CF(), .events = POLLIN};
  for (;;) {
    if (poll(&wake, 1, -1) < 0 && errno != EINTR) abort();
    eventfd_t count;
    eventfd_read(wake.fd, &count);
    _dispatch_main_queue_callback_4CF(NULL);
  }
}
