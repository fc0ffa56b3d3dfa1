import AccessLog
import LogInput

/// A place in a source that reading can begin at again: no line before it is of a second after `head`.
package struct ReadingMark: Equatable, Sendable {
  /// The offset in the stream, in bytes.
  var offset: Int64
  /// The time of the log there; `nil` before its first record.
  var head: EpochSecond?
  var place: SavedPlace

  func isBefore(_ second: EpochSecond) -> Bool { head.map { $0 <= second } ?? true }
}

/// The last places of a source: where it is now, one for each second that has not closed, and some
/// further back.
struct ReadingMarks: Sendable {
  /// How many marks are kept for the time that must be read again.
  private static let density: Int64 = 16
  /// The most places where reading can begin again, but for the last one.
  private static let startLimit = 8

  /// In the order of the stream.
  private(set) var marks: [ReadingMark] = []

  init() {}

  /// Begins at a mark.
  init(_ mark: ReadingMark) { marks = [mark] }

  /// The place where reading is now.
  var last: ReadingMark? { marks.last }

  /// Adds a mark.
  ///
  /// - Parameters:
  ///   - closed: the last closed second; `nil` if none is.
  ///   - length: the time to be read again, in seconds.
  mutating func add(_ mark: ReadingMark, closed: EpochSecond?, length: Int64) {
    if let last, last.offset == mark.offset, last.place == mark.place { return }
    if marks.count > 1, let last, last.head == mark.head, last.place.isContained(in: mark.place) {
      marks[marks.count - 1] = mark
    } else {
      marks.append(mark)
    }
    guard let closed else { return }
    thinOut(closed, spacing: max(1, length / Self.density))
    while marks.count > 2, marks[1].isBefore(closed.advanced(by: -length)) { marks.removeFirst() }
  }

  /// Removes marks that lie close together, of those up to a second. The last one of each file stays, by
  /// which it is recognized.
  private mutating func thinOut(_ closed: EpochSecond, spacing: Int64) {
    var index = 1
    while index + 1 < marks.count, marks[index + 1].isBefore(closed) {
      if let before = marks[index - 1].head, let after = marks[index + 1].head,
        after.seconds(since: before) < spacing,
        marks[index].place.isContained(in: marks[index + 1].place)
      {
        marks.remove(at: index)
      } else {
        index += 1
      }
    }
  }

  /// The files of a mark and of those since, each with the longest part that was read.
  ///
  /// - Parameter earlier: what an earlier run has read of the files of the first mark.
  func parts(since start: ReadingMark, _ earlier: SavedPlace?) -> SavedPlace {
    let since = marks.drop { $0 != start }.map(\.place)
    return SavedPlace(joining: (start.offset == 0 ? [earlier].compactMap { $0 } : []) + since)
  }

  /// Two marks, and between them the first one of each file: older files may be gone.
  func starts(from first: ReadingMark, to last: ReadingMark) -> [ReadingMark] {
    var starts = [first]
    for mark in marks where mark.offset > first.offset && mark.offset < last.offset {
      let isInNewFile = mark.place.newestIdentity != starts[starts.count - 1].place.newestIdentity
      if isInNewFile, starts.count < Self.startLimit { starts.append(mark) }
    }
    return first == last ? starts : starts + [last]
  }

  /// The last mark that has no line of a later second before it, or else the first one.
  func start(for second: EpochSecond) -> ReadingMark? {
    marks.last { $0.isBefore(second) } ?? marks.first
  }
}
