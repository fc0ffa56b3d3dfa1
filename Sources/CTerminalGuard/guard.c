#define _GNU_SOURCE
#include "CTerminalGuard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// A signal handler must not allocate or lock, so everything it needs is prepared here.
static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { fatal_count = sizeof fatal_signals / sizeof fatal_signals[0] };

static struct {
  int attributes_descriptor;
  int screen_descriptor;
  int has_attributes;
  struct termios attributes;
  char bytes[256];
  size_t count;
  char program[64];
} saved;

static atomic_int armed;
static struct sigaction previous_actions[fatal_count];
static void *handler_stack;

static const char *reason(int signal) {
  switch (signal) {
    case SIGSEGV: return "crashed (SIGSEGV, invalid memory access)";
    case SIGBUS: return "crashed (SIGBUS, invalid memory access)";
    case SIGILL: return "crashed (SIGILL, a check of its own failed)";
    case SIGTRAP: return "crashed (SIGTRAP, a check of its own failed)";
    case SIGFPE: return "crashed (SIGFPE, impossible arithmetic)";
    case SIGABRT: return "crashed (SIGABRT, it gave up)";
    default: return "crashed";
  }
}

/// Writes all bytes, but waits at most 200 ms for a terminal that accepts no output.
static void write_all(int descriptor, const char *bytes, size_t count) {
  int retries = 2;
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno == EAGAIN && retries-- > 0) {
      struct pollfd writable = {.fd = descriptor, .events = POLLOUT};
      poll(&writable, 1, 100);
    } else if (!(written < 0 && errno == EINTR)) {
      return;
    }
  }
}

void terminal_guard_restore(void) {
  if (!atomic_exchange(&armed, 0)) return;
  int error = errno;
  // Block SIGTTOU, which would stop a program in the background that changes its terminal.
  sigset_t output_stop, mask;
  sigemptyset(&output_stop);
  sigaddset(&output_stop, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output_stop, &mask);
  write_all(saved.screen_descriptor, saved.bytes, saved.count);
  if (saved.has_attributes) {
    tcsetattr(saved.attributes_descriptor, TCSANOW, &saved.attributes);
  }
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  errno = error;
}

static void handle_fatal(int signal) {
  if (atomic_load(&armed)) {
    terminal_guard_restore();
    const char *text = reason(signal);
    write_all(STDERR_FILENO, saved.program, strlen(saved.program));
    write_all(STDERR_FILENO, ": ", 2);
    write_all(STDERR_FILENO, text, strlen(text));
    write_all(STDERR_FILENO, "\n", 1);
  }
  // Raise the signal again with its default action, which ends the program. Do not use kill(): another
  // thread could receive the signal.
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal, &standard, NULL);
  sigset_t itself;
  sigemptyset(&itself);
  sigaddset(&itself, signal);
  pthread_sigmask(SIG_UNBLOCK, &itself, NULL);
  raise(signal);
}

/// Gives the handler a stack of its own, so that it can run after a stack overflow. A thread that has an
/// alternate stack already keeps it, because its owner will free it.
static void use_handler_stack(void) {
  size_t size = 64 * 1024;
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && !(current.ss_flags & SS_DISABLE)) return;
  if (handler_stack == NULL) handler_stack = malloc(size);
  if (handler_stack == NULL) return;
  stack_t stack = {.ss_sp = handler_stack, .ss_size = size};
  sigaltstack(&stack, NULL);
}

int terminal_guard_arm(
    int attributes, int screen, const char *bytes, size_t count, const char *program) {
  if (atomic_load(&armed)) terminal_guard_disarm();
  saved.attributes_descriptor = attributes;
  saved.screen_descriptor = screen;
  saved.has_attributes = tcgetattr(attributes, &saved.attributes) == 0;
  saved.count = count < sizeof saved.bytes ? count : sizeof saved.bytes - 1;
  memcpy(saved.bytes, bytes, saved.count);
  strncpy(saved.program, program, sizeof saved.program - 1);

  use_handler_stack();
  struct sigaction action = {.sa_handler = handle_fatal, .sa_flags = SA_ONSTACK};
  sigfillset(&action.sa_mask);
  int result = 0;
  for (int index = 0; index < fatal_count; index++) {
    if (sigaction(fatal_signals[index], &action, &previous_actions[index]) != 0) result = -1;
  }
  atomic_store(&armed, 1);
  return result;
}

void terminal_guard_disarm(void) {
  atomic_store(&armed, 0);
  for (int index = 0; index < fatal_count; index++) {
    sigaction(fatal_signals[index], &previous_actions[index], NULL);
  }
}
