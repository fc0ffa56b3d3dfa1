/// The names that rotation gives to files.
enum RotatedName {
  /// The rank of a rotated file by its name: -3 for `access.log.3`, 20260314 for
  /// `access.log-20260314`; nil if the name is not that of a rotated file, or is that of a
  /// compressed one.
  ///
  /// The extension may stay at the end: `access-20260314.log`, `access.1.log`. However,
  /// `access-1.log` is more likely the log of another server.
  static func rank(of name: [UInt8], base: [UInt8]) -> Int64? {
    if let rank = rank(of: name, prefix: base[...], suffix: []) { return rank }
    guard let dot = base.lastIndex(of: 0x2E), dot > 0,
      let rank = rank(of: name, prefix: base[..<dot], suffix: base[dot...])
    else { return nil }
    return rank > 0 || name[dot] == 0x2E ? rank : nil
  }

  private static func rank(
    of name: [UInt8], prefix: ArraySlice<UInt8>, suffix: ArraySlice<UInt8>
  ) -> Int64? {
    guard name.count > prefix.count + suffix.count + 1, name.starts(with: prefix),
      name.suffix(suffix.count).elementsEqual(suffix)
    else { return nil }
    let middle = name[prefix.count..<(name.count - suffix.count)]
    guard middle.first == 0x2E || middle.first == 0x2D || middle.first == 0x5F else { return nil }
    if middle.dropFirst().elementsEqual("old".utf8) { return -1 }
    let digits = middle.filter { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, digits.count <= 18,
      middle.allSatisfy({ (0x30...0x39).contains($0) || "-._T:".utf8.contains($0) })
    else { return nil }
    let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
    return digits.count < 6 ? -number : number
  }

  /// The name without the ending that a compression program adds.
  static func withoutCompression(_ name: [UInt8]) -> [UInt8] {
    for ending in [".gz", ".zst", ".xz", ".bz2"] {
      let bytes = Array(ending.utf8)
      if name.count > bytes.count, name.suffix(bytes.count).elementsEqual(bytes) {
        return Array(name.dropLast(bytes.count))
      }
    }
    return name
  }

  /// The name that a rotated file had as a log, if its own name leaves no doubt: `access.log` for
  /// `access.log.3` and `access.log-20260314`. Other names with a number at the end may be those of
  /// several servers.
  static func base(of name: [UInt8]) -> [UInt8]? {
    guard let separator = name.lastIndex(where: { $0 == 0x2E || $0 == 0x2D }) else { return nil }
    let (base, number) = (name[..<separator], name[(separator + 1)...])
    guard (1...14).contains(number.count), number.allSatisfy({ (0x30...0x39).contains($0) }),
      name[separator] == 0x2E || number.count >= 6,
      base.suffix(3).elementsEqual("log".utf8)
    else { return nil }
    return Array(base)
  }
}
