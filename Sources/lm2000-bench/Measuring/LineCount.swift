/// Numbered lines as they were read: which are missing, which came twice, and whether in order.
struct LineCount {
  private var timesSeen: [UInt8]
  private(set) var lines = 0
  /// Lines that are not whole.
  private(set) var torn = 0
  private(set) var outOfOrder = 0
  private var last = -1
  /// The line that has not ended yet.
  private var partialLine: [UInt8] = []

  /// - Parameter limit: every number is below this.
  init(limit: Int) {
    timesSeen = [UInt8](repeating: 0, count: limit)
  }

  /// Counts the lines that end in the next bytes of the log.
  mutating func count(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      guard byte == 0x0A else {
        partialLine.append(byte)
        continue
      }
      countLine()
      partialLine.removeAll(keepingCapacity: true)
    }
  }

  private mutating func countLine() {
    lines += 1
    var number = 0
    for byte in partialLine {
      guard (0x30...0x39).contains(byte), number < timesSeen.count else { break }
      number = number * 10 + Int(byte - 0x30)
    }
    // Every line ends in "log".
    guard partialLine.last == 0x67, number < timesSeen.count else {
      torn += 1
      return
    }
    timesSeen[number] &+= 1
    if number < last { outOfOrder += 1 }
    last = number
  }

  /// How many of the first `written` lines were never read.
  func lost(of written: Int) -> Int { timesSeen[..<written].count { $0 == 0 } }
  /// How many lines were read more than once.
  var duplicates: Int { timesSeen.count { $0 > 1 } }
}
