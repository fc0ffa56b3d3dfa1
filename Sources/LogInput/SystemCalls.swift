import Glibc

/// Repeats a system call that a signal interrupted (EINTR).
func retrying<Value: FixedWidthInteger>(_ call: () -> Value) -> Value {
  while true {
    let value = call()
    if value != -1 || errno != EINTR { return value }
  }
}

extension InputFailure {
  /// What the system said last. (strerror)
  static func ofSystem() -> InputFailure {
    InputFailure(String(cString: strerror(errno)))
  }

  /// - Returns: `nil` where a file of this mode can hold a log.
  static func ofKind(_ mode: mode_t) -> InputFailure? {
    switch mode & S_IFMT {
    case S_IFDIR: InputFailure("not a readable log: directory")
    case S_IFSOCK: InputFailure("not a readable log: socket")
    case S_IFCHR, S_IFBLK: InputFailure("not a readable log: device")
    default: nil
    }
  }

  /// What the first bytes of a source say that it cannot be.
  static func ofBeginning(_ bytes: UnsafeRawBufferPointer) -> InputFailure? {
    guard bytes.count >= 2 else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE), (0xFE, 0xFF):
      return InputFailure("looks like UTF-16; convert it with: iconv -f UTF-16 -t UTF-8")
    case (0x1F, 0x8B):
      return InputFailure("is compressed with gzip; try: zcat FILE | lm2000 -")
    default:
      return nil
    }
  }
}
