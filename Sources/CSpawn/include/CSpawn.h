#ifndef CSPAWN_H
#define CSPAWN_H

#include <sys/types.h>

// What glibc offers beyond POSIX, and Swift does not see.

// Makes a pipe whose ends no program inherits: the first is read, the second written. Returns 0, or -1
// with errno. (pipe2(2))
int cspawn_pipe(int ends[2]);

// Starts a program, without a search for its path, in a session of its own and in the folder /, with
// default signals, the standard input and output given, and no other descriptors. Returns 0 or the number
// of an error. (posix_spawn(3))
int cspawn(
  pid_t *child, const char *path, char *const arguments[], char *const variables[], int input,
  int output);

// Forgets a program that has ended. Every one that was started must be forgotten.
void cspawn_forget(pid_t child);

// Kills the process groups of all programs that run, and lets no further one be started. Takes no locks:
// for the moment before the process ends, on any thread.
void cspawn_kill_all(void);

#endif
