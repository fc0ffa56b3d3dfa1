/// Names one after the other, as they are handed from one table to another.
package struct NameList: Sendable {
  /// The bytes of all names, followed by `NameTable.padding` others.
  private var bytes: [UInt8] = []
  private var lengths: [UInt32] = []

  package init() {}

  package var count: Int { lengths.count }

  /// Appends names.
  ///
  /// - Parameter added: the bytes of all of them.
  mutating func append(_ added: ArraySlice<UInt8>, lengths more: some Sequence<UInt32>) {
    bytes.removeLast(min(bytes.count, NameTable.padding))
    bytes += added
    bytes.append(contentsOf: repeatElement(0, count: NameTable.padding))
    lengths += more
  }

  /// The results of calling the body with the bytes and the length of each name.
  func map<Result>(_ body: (UnsafePointer<UInt8>, Int) -> Result) -> [Result] {
    bytes.withUnsafeBufferPointer { buffer in
      guard var name = buffer.baseAddress else { return [] }
      return lengths.map { length in
        defer { name += Int(length) }
        return body(name, Int(length))
      }
    }
  }
}
