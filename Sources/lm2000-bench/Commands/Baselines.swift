import Foundation

/// What the stages are compared with: reading a log without parsing it.
enum Baselines {
  /// Counts newlines block by block with memchr(3). Ends the program where the file cannot be
  /// opened.
  static func countLines(_ path: String) -> Int {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { Measurement.stop("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var lines = 0
    while true {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return lines }
      lines += block.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        var place = base
        var found = 0
        while let newline = memchr(place, 10, base + count - place) {
          found += 1
          place = UnsafeRawPointer(newline) + 1
        }
        return found
      }
    }
  }

  /// Runs `wc -l`. Foundation's `Process` polls for the end of a child, which would distort the
  /// time. (posix_spawn(3), waitpid(2))
  ///
  /// - Returns: 1 where it succeeded, else 0.
  static func wordCount(_ path: String) -> Int {
    var arguments = ["wc", "-l", path].map { (word: String) in strdup(word) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var child = pid_t()
    guard posix_spawn(&child, "/usr/bin/wc", &actions, nil, arguments, nil) == 0 else {
      return 0
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? 1 : 0
  }
}
