import AccessLog
import Glibc
import SafeText

extension InputFailure {
  /// Why the log cannot be read, without the name of the log: `Permission denied`.
  package var reason: String {
    switch self {
    case .system(let code): String(cString: strerror(code))
    case .directory: "not a readable log: directory"
    case .socket: "not a readable log: socket"
    case .device: "not a readable log: device"
    case .notRegular: "not a readable log: not a regular file"
    case .compressed(let method): "is \(method.rawValue)-compressed; pipe it through \(method.tool)"
    case .undecodable(let method, let fault): fault.text(in: method)
    case .utf16: "looks like UTF-16; convert it with iconv -f UTF-16 -t UTF-8"
    case .truncated(let remaining, let size):
      "was cut short while it was read: \(remaining) of \(size) bytes are left"
    case .overwritten: "was overwritten while it was read"
    case .service(let reason): SafeString(reason.bytes).text
    }
  }

  /// What to try, unless the reason already says it.
  package var remedy: String? {
    switch self {
    case .system(code: ENOENT): "--follow waits for it to appear"
    case .system(code: EACCES): "logs are often readable only by root and the group adm"
    case .system(code: EMFILE): "raise the limit with ulimit -n"
    case .directory: "name a file in it"
    case .truncated, .overwritten: "read the rotated file or a copy"
    case .undecodable(let method, let fault): fault.remedy(in: method)
    case .system, .socket, .device, .notRegular, .compressed, .utf16, .service: nil
    }
  }

  /// The reason and the remedy as a message.
  package var message: String { remedy.map { "\(reason); \($0)" } ?? reason }
}

extension DecompressionFault {
  /// What is wrong: `unexpected end of gzip`.
  fileprivate func text(in method: Compression) -> String {
    switch self {
    case .unexpectedEnd: "unexpected end of \(method.rawValue)"
    case .checksumMismatch where method == .gzip: "crc mismatch in gzip"
    case .checksumMismatch: "checksum mismatch in \(method.rawValue)"
    case .invalidData: "damaged \(method.rawValue) data"
    case .trailingGarbage: "trailing garbage after \(method.rawValue) data"
    case .unsupported: "unsupported kind of \(method.rawValue)"
    case .excessiveMemory: "needs too much memory to be decompressed"
    }
  }

  /// What to try.
  fileprivate func remedy(in method: Compression) -> String {
    switch self {
    case .unexpectedEnd: "copy it again, or wait until it is written"
    case .checksumMismatch, .invalidData, .trailingGarbage:
      "check it with \(method.rawValue) -t"
    case .excessiveMemory where method == .zstd: "pipe it through zstdcat --long=31"
    case .excessiveMemory: "pipe it through \(method.tool)"
    case .unsupported: "decompress it with the program that wrote it"
    }
  }
}

extension Compression {
  /// The program that decompresses to its standard output.
  fileprivate var tool: String {
    switch self {
    case .gzip: "zcat"
    case .bzip2: "bzcat"
    case .xz: "xzcat"
    case .zstd: "zstdcat"
    }
  }
}
