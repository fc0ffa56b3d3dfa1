import Glibc

/// Starts a program as the leader of a session. The terminal at `path` becomes its controlling terminal,
/// as it is the first one that the session leader opens. (posix_spawn(3))
func startProgram(
  _ words: [String], _ environment: [String], on path: String, _ input: Int32?, _ errors: Int32?
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, path, O_RDWR, 0)
  posix_spawn_file_actions_adddup2(&actions, input ?? 1, 0)
  posix_spawn_file_actions_adddup2(&actions, errors ?? 1, 2)

  // Threads of the tests block signals and may ignore some, which a child process would inherit.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  var all = sigset_t()
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  // POSIX_SPAWN_SETSID, which Swift does not import.
  let flags = 0x80 | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
  posix_spawnattr_setflags(&attributes, Int16(flags))

  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
  defer { for text in arguments + variables { free(text) } }
  var child = pid_t()
  let error = posix_spawn(&child, words[0], &actions, &attributes, &arguments, &variables)
  guard error == 0 else { throw StartFailure(reason: String(cString: strerror(error))) }
  return child
}

private struct StartFailure: Error {
  let reason: String
}
