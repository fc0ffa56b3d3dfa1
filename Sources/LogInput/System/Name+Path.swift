import AccessLog

extension Name {
  /// The bytes as a null-terminated path.
  var path: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

  /// The directory, including its slash, and the name in the directory.
  var split: (directory: Name, base: [UInt8]) {
    guard let slash = bytes.lastIndex(of: 0x2F) else { return (Name("./"), bytes) }
    return (Name(Array(bytes[...slash])), Array(bytes[(slash + 1)...]))
  }
}
