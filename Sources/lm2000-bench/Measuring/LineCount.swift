/// What came of numbered lines: which are missing, which came twice, and whether in order.
struct LineCount {
  private var timesSeen: [UInt8]
  private(set) var lines = 0
  private(set) var strange = 0
  private(set) var outOfOrder = 0
  private var last = -1
  private var rest: [UInt8] = []

  /// - Parameter most: more lines than will be written.
  init(most: Int) {
    timesSeen = [UInt8](repeating: 0, count: most)
  }

  /// Takes the next bytes that were read.
  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      guard byte == 0x0A else {
        rest.append(byte)
        continue
      }
      take()
      rest.removeAll(keepingCapacity: true)
    }
  }

  private mutating func take() {
    lines += 1
    var number = 0
    for byte in rest {
      guard (0x30...0x39).contains(byte), number < timesSeen.count else { break }
      number = number * 10 + Int(byte - 0x30)
    }
    guard rest.last == 0x67, number < timesSeen.count else {
      strange += 1
      return
    }
    timesSeen[number] &+= 1
    if number < last { outOfOrder += 1 }
    last = number
  }

  func lost(of written: Int) -> Int { timesSeen[..<written].count { $0 == 0 } }
  var twice: Int { timesSeen.count { $0 > 1 } }
}
