import AccessLog
import Glibc

/// The rotated files in the directory of a log.
struct Siblings {
  private let directory: Name
  private let base: [UInt8]
  private let calls: FileSystemCalls

  init(of path: Name, calls: FileSystemCalls) {
    (directory, base) = path.split
    self.calls = calls
  }

  /// All siblings, oldest first.
  ///
  /// A rotation that renames files meanwhile could hide one of them, so the directory is read until
  /// two results agree.
  func find() -> [Sibling] {
    var found = scan()
    for _ in 0..<8 {
      let again = scan()
      if again.map(\.place) == found.map(\.place) { return again }
      found = again
    }
    return found
  }

  private func scan() -> [Sibling] {
    var found: [FileIdentity: Sibling] = [:]
    for (name, rank) in names() {
      guard let sibling = sibling(name, rank) else { continue }
      found[sibling.status.identity] = sibling
    }
    return found.values.sorted { $0.isOlder(than: $1) }
  }

  /// Opens the siblings that fulfil a condition. The newest name is opened first, so that a
  /// rotation, which renames each file to the next older name, cannot hide one.
  func open(where isWanted: (Sibling) -> Bool) -> [(sibling: Sibling, file: OpenFile)] {
    var opened: [FileIdentity: (sibling: Sibling, file: OpenFile)] = [:]
    for (name, rank) in names().sorted(by: { $0.rank > $1.rank }) {
      guard var sibling = sibling(name, rank), isWanted(sibling),
        let file = try? OpenFile(path: sibling.path, calls: calls), file.status.kind == .regular
      else { continue }
      sibling.status = file.status
      if isWanted(sibling) { opened[file.status.identity] = (sibling, file) }
    }
    return opened.values.sorted { $0.sibling.isOlder(than: $1.sibling) }
  }

  private func names() -> [(name: [UInt8], rank: Int64)] {
    let names = (try? calls.names(directory.path)) ?? []
    return names.compactMap { name in Self.rank(of: name, base: base).map { (name, $0) } }
  }

  private func sibling(_ name: [UInt8], _ rank: Int64) -> Sibling? {
    let path = Name(directory.bytes + name).path
    guard let status = try? calls.statusOf(path), status.kind == .regular else { return nil }
    return Sibling(path: path, name: name, status: status, rank: rank)
  }
}

// MARK: - Names

extension Siblings {
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
}
