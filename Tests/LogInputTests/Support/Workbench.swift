import AccessLog
import Glibc

@testable import LogInput

/// A temporary directory for one test, which is removed when the object is released.
final class Workbench {
  let directory: Name

  init() {
    var template = Array("/tmp/lm2000-input-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    directory = Name(template.dropLast().map { UInt8(bitPattern: $0) })
  }

  deinit {
    for name in (try? FileSystemCalls().names(directory.path)) ?? [] {
      _ = unlink(path(name).path)
    }
    _ = rmdir(directory.path)
  }

  func path(_ name: String) -> Name { path(Array(name.utf8)) }

  func path(_ name: [UInt8]) -> Name { Name(directory.bytes + [0x2F] + name) }

  func append(_ text: String, to name: String) {
    let log = LogWriter(path(name))
    log.write(text)
  }

  /// Truncates a file, or creates it.
  func truncate(_ name: String, to size: Int = 0) {
    let descriptor = open(path(name).path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    _ = ftruncate(descriptor, size)
    close(descriptor)
  }

  func rename(_ old: String, _ new: String) {
    _ = Glibc.rename(path(old).path, path(new).path)
  }

  func remove(_ name: String) { _ = unlink(path(name).path) }

  /// Sets the modification time of a file in seconds since 1970.
  func setTimes(_ name: String, to seconds: Int) {
    let time = timespec(tv_sec: seconds, tv_nsec: 0)
    utimensat(AT_FDCWD, path(name).path, [time, time], 0)
  }

  func copy(_ old: String, _ new: String) {
    remove(new)
    append(contents(old), to: new)
  }

  func contents(_ name: String) -> String {
    guard let file = try? OpenFile(path: path(name).path, calls: FileSystemCalls()),
      let bytes = try? file.bytes(Int(file.status.size), at: 0)
    else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Creates a socket with a name. The caller closes the descriptor.
  func listen(_ name: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: path(name).bytes.prefix($0.count - 1))
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return descriptor
  }

  /// Makes a symbolic link lead to another file, in one step.
  func link(_ name: String, to target: String) {
    _ = symlink(path(target).path, path(name + ".new").path)
    rename(name + ".new", name)
  }

  /// Renames `.1` to `.2` and so on, keeping at most `keep` files, and the log to `.1`.
  func rotate(_ name: String, keep: Int) {
    remove("\(name).\(keep)")
    for number in stride(from: keep - 1, through: 1, by: -1) {
      rename("\(name).\(number)", "\(name).\(number + 1)")
    }
    if keep > 0 { rename(name, "\(name).1") } else { remove(name) }
  }
}
