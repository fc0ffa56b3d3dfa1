import AccessLog

/// The names of a log and of its rotated generations.
package struct LogHistory: Equatable, Sendable {
  /// The log, or its newest generation if the log itself is not named.
  package var newest: Name
  /// The other generations, the oldest first by their names.
  package var older: [Name] = []

  package init(newest: Name, older: [Name] = []) {
    self.newest = newest
    self.older = older
  }

  /// Groups paths by the log that they are generations of: `access.log`, `access.log.1` and
  /// `access.log.2.gz` are one history. The groups are in the order of their first paths.
  ///
  /// - Complexity: O(paths²)
  package static func grouping(_ paths: [Name]) -> [LogHistory] {
    let members = paths.map(Member.init)
    let bases = members.map { base(of: $0, among: members) }
    var groups: [(key: Name, members: [(member: Member, rank: Int64)])] = []
    for (member, base) in zip(members, bases) {
      let key = base.map { Name(member.directory.bytes + $0) } ?? member.path
      let rank = base.flatMap { RotatedName.rank(of: member.plain, base: $0) } ?? .max
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].members.append((member, rank))
      } else {
        groups.append((key, [(member, rank)]))
      }
    }
    return groups.map { group in
      var sorted = group.members.enumerated().sorted {
        ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
      }
      let newest = sorted.removeLast().element.member.path
      return LogHistory(newest: newest, older: sorted.map(\.element.member.path))
    }
  }

  /// The generation that has the same name as a compressed one but for its ending: a rotation may be
  /// compressing it.
  package func plainName(of path: Name) -> Name? {
    let member = Member(path)
    guard member.plain != member.name else { return nil }
    return ([newest] + older).first { other in
      let other = Member(other)
      return other.directory == member.directory && other.name == member.plain
    }
  }

  private struct Member {
    var path: Name
    var directory: Name
    /// The name in the directory.
    var name: [UInt8]
    /// The same without the ending of a compression program.
    var plain: [UInt8]

    init(_ path: Name) {
      self.path = path
      (directory, name) = path.split
      plain = RotatedName.withoutCompression(name)
    }
  }

  /// The name of the log that a path is a generation of, or that it is itself; `nil` if none of the
  /// other paths belongs to the same one.
  private static func base(of member: Member, among members: [Member]) -> [UInt8]? {
    let neighbours = members.filter {
      $0.directory == member.directory && $0.path != member.path
    }
    let bases = neighbours.map(\.name).filter {
      RotatedName.rank(of: member.plain, base: $0) != nil
    }
    // The log of the longest name is the nearest.
    if let base = bases.max(by: { $0.count < $1.count }) { return base }
    if neighbours.contains(where: { RotatedName.rank(of: $0.plain, base: member.name) != nil }) {
      return member.name
    }
    guard let base = RotatedName.base(of: member.plain),
      neighbours.contains(where: { RotatedName.base(of: $0.plain) == base })
    else { return nil }
    return base
  }
}
