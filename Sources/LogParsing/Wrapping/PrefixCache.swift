import AccessLog
import Glibc

/// The last prefixes that were found to be wrappers. A log comes from few containers or hosts, so
/// most lines begin with one of them.
///
/// The same prefix at the same place always means the same: only those are kept that do not depend on
/// what follows them.
struct PrefixCache: Sendable {
  /// Where a prefix stands.
  enum Place: Sendable {
    case start, afterTime
    /// After the time of RFC 5424.
    case afterTime5424
  }

  private struct Entry {
    var place = Place.start
    /// The length of the prefix.
    var count = 0
    var wrapper = WrapperSet()
    /// The name within the prefix.
    var name: Range<Int>?
  }

  private static let entryCount = 8
  /// The length of the longest prefix that is kept.
  private static let lengthLimit = 64

  private var entries: [Entry] = []
  /// The prefixes, each at a multiple of the limit.
  private var bytes: [UInt8] = []
  /// The entry to be replaced next.
  private var oldest = 0

  /// The wrapper that begins a text, if it was found before.
  ///
  /// - Complexity: O(length of the prefix).
  func match(_ text: TextRange, at place: Place) -> WrapperMatch? {
    entries.withUnsafeBufferPointer { entries in
      bytes.withUnsafeBufferPointer { bytes in
        for index in entries.indices {
          let count = entries[index].count
          guard count <= text.count, entries[index].place == place,
            let base = bytes.baseAddress,
            memcmp(base + index * Self.lengthLimit, text.start, count) == 0
          else { continue }
          return WrapperMatch(
            wrapper: entries[index].wrapper, name: entries[index].name.map { text[$0] },
            inside: text.from(count))
        }
        return nil
      }
    }
  }

  /// Keeps the prefix that a match has taken off a text.
  mutating func add(_ match: WrapperMatch, of text: TextRange, at place: Place) {
    let count = match.inside.start - text.start
    // Without a space at its end it could be the beginning of another word.
    guard count <= Self.lengthLimit, count > 0, text[count - 1] == .space else { return }
    var entry = Entry(place: place, count: count, wrapper: match.wrapper)
    entry.name = match.name.map { name in
      let first = name.start - text.start
      return first..<(first + name.count)
    }
    if entries.count < Self.entryCount {
      oldest = entries.count
      entries.append(entry)
      bytes.append(contentsOf: repeatElement(0, count: Self.lengthLimit))
    }
    entries[oldest] = entry
    for index in 0..<count { bytes[oldest * Self.lengthLimit + index] = text[index] }
    oldest = (oldest + 1) % Self.entryCount
  }
}
