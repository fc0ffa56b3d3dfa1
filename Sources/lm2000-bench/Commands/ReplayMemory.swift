import Foundation

/// The memory of a long replay that comes through a pipe: after a tenth of it, and at its end.
struct ReplayMemory {
  var lines: Int

  /// Feeds the program and prints a row for each moment.
  func run() {
    signal(SIGPIPE, SIG_IGN)
    let pipe = Self.makePipe()
    let program = ChildProgram.monitor(["--replay", "--speed", "max", "-"])
    let child = program.start(input: pipe.input)
    close(pipe.input)
    let table = TextTable(nameWidth: 16, columnWidths: [10])
    print("a replay through a pipe, as fast as it goes")
    table.print("lines", ["peak MiB"])
    var stream = LogShape.dense.stream()
    var bytes: [UInt8] = []
    var isEarly = true
    while stream.lines < lines {
      stream.nextBlock(of: lines, into: &bytes)
      Self.write(bytes, to: pipe.output)
      guard isEarly, stream.lines >= lines / 10 else { continue }
      isEarly = false
      table.print("\(stream.lines)", ["\(child.peakMemory >> 20)"])
    }
    let peak = child.peakMemory
    close(pipe.output)
    table.print("\(stream.lines)", ["\(max(peak, child.waitForPeakMemory()) >> 20)"])
  }

  /// (pipe(2), fcntl(2))
  private static func makePipe() -> (input: Int32, output: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { Measurement.stop("pipe: \(String(cString: strerror(errno)))") }
    // Else the child would keep its own input open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Writes all bytes; blocks until they are written. (write(2))
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      guard count > 0 else { Measurement.stop("the pipe: \(String(cString: strerror(errno)))") }
      written += count
    }
  }
}
