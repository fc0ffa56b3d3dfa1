#ifndef CPROCESS_H
#define CPROCESS_H

// What glibc and libdispatch offer beyond POSIX, and Swift does not see.

// The number of processors that the process may use. (sched_getaffinity(2))
int cprocess_processors(void);

// Runs what the main dispatch queue holds on this thread, which must be the first one of the process,
// and waits for more, for ever. dispatch_main(3) would run it on another thread, whose memory grows in
// steps of 4 KiB.
_Noreturn void cprocess_run_main_queue(void);

#endif
