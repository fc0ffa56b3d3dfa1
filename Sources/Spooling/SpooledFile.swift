/// A file with a batch of a spool. Its name tells all about it but what it contains.
package protocol SpooledFile: Sendable {
  /// Rises with every batch of the spool.
  var sequence: UInt64 { get }
  /// The number of things in it, as they are counted when they are lost.
  var count: Int { get }
  /// In bytes.
  var size: Int { get }
  /// Sorts by the sequence.
  var name: String { get }
}

extension SpooledFile {
  /// A number with zeros in front, so that names sort by it.
  package static func padded(_ number: UInt64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }
}
