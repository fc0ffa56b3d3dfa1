import AccessLog
import Glibc

extension InputFailure {
  /// Why the log cannot be read, without its name: `Permission denied`.
  package var reason: String {
    switch self {
    case .system(let code): String(cString: strerror(code))
    case .directory: "not a readable log: directory"
    case .socket: "not a readable log: socket"
    case .device: "not a readable log: device"
    case .notRegular: "not a readable log: not a regular file"
    case .compressed(let how): "is \(how.rawValue)-compressed; pipe it through \(how.tool)"
    case .utf16: "looks like UTF-16; convert it with iconv -f UTF-16 -t UTF-8"
    case .cutShort(let left, let size):
      "was cut short while it was read: \(left) of \(size) bytes are left"
    case .overwritten: "was overwritten while it was read"
    }
  }

  /// What to try, where there is something that the reason does not say.
  package var remedy: String? {
    switch self {
    case .system(code: ENOENT): "--follow waits for it to appear"
    case .system(code: EACCES): "logs may often be read by root and the group adm only"
    case .system(code: EMFILE): "ulimit -n sets how many"
    case .directory: "name a file in it"
    case .cutShort, .overwritten: "read the rotated file or a copy"
    case .system, .socket, .device, .notRegular, .compressed, .utf16: nil
    }
  }

  /// The reason and what to try, for a message of its own.
  package var message: String { remedy.map { "\(reason); \($0)" } ?? reason }
}

extension Compression {
  /// The program that writes what was compressed to its standard output.
  fileprivate var tool: String {
    switch self {
    case .gzip: "zcat"
    case .bzip2: "bzcat"
    case .xz: "xzcat"
    case .zstd: "zstdcat"
    }
  }
}
