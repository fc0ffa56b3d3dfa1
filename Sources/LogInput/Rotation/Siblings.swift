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

  /// The compressed siblings, oldest first by their names, which say more than the times of files that a
  /// compression program has made.
  func compressed() -> [(path: Name, rank: Int64)] {
    let names = (try? calls.names(directory.path)) ?? []
    return names.compactMap { name -> (path: Name, rank: Int64)? in
      let plain = RotatedName.withoutCompression(name)
      guard plain != name, let rank = RotatedName.rank(of: plain, base: base) else { return nil }
      return (Name(directory.bytes + name), rank)
    }.sorted { $0.rank < $1.rank }
  }

  /// The identities of the log and of all siblings, plain and compressed, by their names.
  func identities() -> [[UInt8]: FileIdentity] {
    var found: [[UInt8]: FileIdentity] = [:]
    for name in (try? calls.names(directory.path)) ?? []
    where name == base
      || RotatedName.rank(of: RotatedName.withoutCompression(name), base: base) != nil
    {
      let path = Name(directory.bytes + name).path
      found[name] = (try? calls.statusOf(path))?.identity
    }
    return found
  }

  private func names() -> [(name: [UInt8], rank: Int64)] {
    let names = (try? calls.names(directory.path)) ?? []
    return names.compactMap { name in RotatedName.rank(of: name, base: base).map { (name, $0) } }
  }

  private func sibling(_ name: [UInt8], _ rank: Int64) -> Sibling? {
    let path = Name(directory.bytes + name).path
    guard let status = try? calls.statusOf(path), status.kind == .regular else { return nil }
    return Sibling(path: path, name: name, status: status, rank: rank)
  }
}
