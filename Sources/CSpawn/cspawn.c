#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <unistd.h>

int cspawn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// The process groups that run; 0 for a free place. There is one for each action, so that few have none.
static _Atomic pid_t groups[256];
static atomic_int is_over;

static void replace(pid_t former, pid_t group) {
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    pid_t expected = former;
    if (atomic_compare_exchange_strong(&groups[i], &expected, group)) return;
  }
}

void cspawn_forget(pid_t child) { replace(child, 0); }

void cspawn_kill_all(void) {
  atomic_store(&is_over, 1);
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    pid_t group = atomic_load(&groups[i]);
    if (group > 1) kill(-group, SIGKILL);
  }
}

static int set_actions(posix_spawn_file_actions_t *actions, int input, int output) {
  int code = posix_spawn_file_actions_adddup2(actions, input, 0);
  if (!code) code = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (!code) code = posix_spawn_file_actions_adddup2(actions, output, 2);
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  if (!code) code = posix_spawn_file_actions_addchdir_np(actions, "/");
  return code;
}

static int set_attributes(posix_spawnattr_t *attributes) {
  sigset_t signals;
  sigemptyset(&signals);
  int code = posix_spawnattr_setsigmask(attributes, &signals);
  sigfillset(&signals);
  if (!code) code = posix_spawnattr_setsigdefault(attributes, &signals);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID;
  if (!code) code = posix_spawnattr_setflags(attributes, flags);
  return code;
}

int cspawn(
  pid_t *child, const char *path, char *const arguments[], char *const variables[], int input,
  int output) {
  if (atomic_load(&is_over)) return ECANCELED;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code) return code;
  code = posix_spawnattr_init(&attributes);
  if (!code) {
    code = set_actions(&actions, input, output);
    if (!code) code = set_attributes(&attributes);
    if (!code) code = posix_spawn(child, path, &actions, &attributes, arguments, variables);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  if (!code) {
    replace(0, *child);
    // All may have been killed meanwhile.
    if (atomic_load(&is_over)) kill(-*child, SIGKILL);
  }
  return code;
}
