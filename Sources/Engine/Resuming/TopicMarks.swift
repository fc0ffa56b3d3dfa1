import AccessLog

/// Where the messages of a partition of a topic can be read again from: no message before such a place
/// has anything of a later second than the one noted with it.
package struct TopicMarks: Sendable {
  private struct Mark: Sendable {
    /// The offset of a message.
    var offset: Int64
    /// The greatest second of all messages before it; `nil` if there is none before it.
    var greatestBefore: EpochSecond?
  }

  private var marks: [Mark] = []
  private var greatest: EpochSecond?
  /// The offset behind the last message.
  private var end: Int64?

  package init() {}

  /// Notes the next messages.
  ///
  /// - Parameter second: the last second that they have something of, or a later one; `nil` if they have
  ///   nothing.
  package mutating func note(_ offsets: ClosedRange<Int64>, _ second: EpochSecond?) {
    let offset = offsets.lowerBound
    if marks.isEmpty { marks.append(Mark(offset: offset, greatestBefore: nil)) }
    end = offsets.upperBound + 1
    guard let second else { return }
    if let greatest, second <= greatest { return }
    if greatest != nil, offset > marks[marks.count - 1].offset {
      marks.append(Mark(offset: offset, greatestBefore: greatest))
    }
    greatest = second
  }

  /// The offset of the first message that may have something of a later second than the given one; `nil`
  /// before the first message. Earlier seconds must not be asked for afterwards.
  package mutating func offset(behind second: EpochSecond) -> Int64? {
    if let greatest, let end, greatest <= second { return end }
    guard !marks.isEmpty else { return nil }
    let later = marks.dropFirst().firstIndex { $0.greatestBefore.map { $0 > second } ?? true }
    marks.removeSubrange(..<((later ?? marks.count) - 1))
    return marks.first?.offset
  }
}
