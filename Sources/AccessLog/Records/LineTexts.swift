/// The lines of records as they stand in the log, without their ends.
package struct LineTexts: Sendable {
  private var bytes: [UInt8] = []
  /// For each line, the end of its bytes.
  private var ends: [Int] = []

  package init() {}

  /// The number of lines.
  package var count: Int { ends.count }

  /// The bytes of a line.
  package subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  package mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: line)
    ends.append(bytes.count)
  }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
