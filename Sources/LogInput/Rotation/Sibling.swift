/// A file in the directory of a log whose name is that of a rotated log.
struct Sibling: Equatable {
  var path: [CChar]
  var name: [UInt8]
  var status: FileStatus
  /// Orders files that were created at the same time; a newer file has a greater rank.
  var rank: Int64
}

extension Sibling {
  /// Whether this file was created before another one.
  func isOlder(than other: Sibling) -> Bool {
    (status.created, rank) < (other.status.created, other.rank)
  }

  /// The identity and the path of the file.
  var place: [AnyHashable] { [status.identity, path] }
}
