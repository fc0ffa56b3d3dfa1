import AccessLog
import Glibc

/// A file beside a log that by its name is an older generation of it.
struct Sibling: Equatable {
  var path: [CChar]
  var name: [UInt8]
  var status: FileStatus
  /// Orders files of one birth: the younger comes later.
  var rank: Int64
}

extension Sibling {
  /// Whether this one was begun before the other.
  func isOlder(than other: Sibling) -> Bool {
    (status.begun, rank) < (other.status.begun, other.rank)
  }

  /// What and where it is, whatever it holds by now.
  fileprivate var place: [AnyHashable] { [status.identity, path] }
}

/// The files beside a log that rotation may have left there.
struct Siblings {
  private let directory: Name
  private let base: [UInt8]
  private let calls: FileSystemCalls

  init(of path: Name, calls: FileSystemCalls) {
    (directory, base) = path.split
    self.calls = calls
  }

  /// All of them, oldest first.
  ///
  /// A rotation that renames one after the other meanwhile could hide one of them, so the directory
  /// is read until two looks agree.
  func find() -> [Sibling] {
    var found = look()
    for _ in 0..<8 {
      let again = look()
      if again.map(\.place) == found.map(\.place) { return again }
      found = again
    }
    return found
  }

  private func look() -> [Sibling] {
    var found: [FileIdentity: Sibling] = [:]
    for (name, rank) in names() {
      guard let sibling = sibling(name, rank) else { continue }
      found[sibling.status.identity] = sibling
    }
    return found.values.sorted { $0.isOlder(than: $1) }
  }

  /// Opens those that are wanted. The youngest name comes first: a rotation, which renames each to the
  /// next older name, cannot hide one meanwhile.
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
  /// How young the generation with this name is: `access.log.3` -3, `access.log-20260314` 20260314;
  /// nil where the name is none that rotation gives, or one of a compressed file.
  ///
  /// An ending may stay at the end: `access-20260314.log`, `access.1.log`; but `access-1.log` is
  /// rather the log of another server.
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
