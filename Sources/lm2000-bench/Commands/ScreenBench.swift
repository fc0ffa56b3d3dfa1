import Foundation
import TerminalCanvas

/// What the dashboard writes to the terminal, and the processor time that a frame needs: under steady
/// traffic and on a quiet log, beside other programs.
struct ScreenBench {
  /// The length of each measurement in seconds.
  let seconds: Int
  /// Whether the terminal replies to queries as xterm does.
  let isAnswering: Bool

  /// The seconds before each measurement.
  private static let warmUp = 5.0
  /// The same on a quiet log: only after ten seconds does the program take its last lines for the end.
  private static let quietWarmUp = 20.0
  /// The age of a quiet log in seconds.
  private static let quietAge: Int64 = 86_400
  private static let large = Size(rows: 60, columns: 200)
  private static let sizes = [Size(rows: 24, columns: 80), large]

  /// The most that is acceptable in the large terminal.
  private enum Limit {
    static let bytesPerSecond = 1300.0
    /// In seconds.
    static let processorPerFrame = 0.002
    /// A quiet screen changes nothing but its clock.
    static let quietBytesPerSecond = 50.0
  }

  /// Measures, prints a row for each measurement and exits: with 1 if a limit is exceeded.
  func run() -> Never {
    print(
      """
      \(Int(GrowingLog.rate)) hits/s, \(seconds) s after \(Int(Self.warmUp)) s; a frame ends where \
      nothing is written for \(Int(ScreenLoad.frameGap * 1000)) ms
      """)
    Self.printRow(
      "", ["bytes/s", "frames/s", "bytes/frame", "largest", "ms/frame", "ms/s"])
    let isWithin = measureMonitor()
    for program in ScreenProgram.others() {
      for size in Self.sizes { _ = measure(ScreenSetup(program: program, size: size)) }
    }
    print(isWithin ? "within the limits" : "above the limits: \(Self.limits)")
    exit(isWithin ? 0 : 1)
  }

  /// - Returns: whether no limit is exceeded.
  private func measureMonitor() -> Bool {
    let monitor = ScreenProgram.monitor()
    let reader = measure(ScreenSetup(program: ScreenProgram.reader(), size: Self.large))
    let reading = reader.processorPerSecond
    var isWithin = true
    for size in Self.sizes {
      for isTrueColor in [false, true] {
        let load = measure(
          ScreenSetup(program: monitor, size: size, isTrueColor: isTrueColor), reading: reading)
        guard size == Self.large else { continue }
        isWithin = isWithin && load.bytesPerSecond <= Limit.bytesPerSecond
        isWithin = isWithin && load.processorPerFrame(besides: reading) <= Limit.processorPerFrame
      }
    }
    for size in Self.sizes {
      let load = measure(ScreenSetup(program: monitor, size: size), isQuiet: true)
      isWithin = isWithin && load.bytesPerSecond <= Limit.quietBytesPerSecond
    }
    return isWithin
  }

  /// - Parameter reading: the processor time per second that reading the log takes.
  private func measure(
    _ setup: ScreenSetup, isQuiet: Bool = false, reading: Double = 0
  ) -> ScreenLoad {
    var log = GrowingLog(age: isQuiet ? Self.quietAge : 0)
    defer { log.remove() }
    let load = ScreenLoad.measure(
      setup, on: &log, isGrowing: !isQuiet, warmUp: isQuiet ? Self.quietWarmUp : Self.warmUp,
      seconds: Double(seconds), isAnswering: isAnswering)
    let colors = setup.isTrueColor ? ", true colour" : ""
    let name = "\(setup.program.name) \(setup.size.columns)x\(setup.size.rows)\(colors)"
    let perFrame =
      load.frames == 0
      ? ["-", "-", "-"]
      : [
        Self.text(load.meanFrame, 0), "\(load.largestFrame)",
        Self.text(load.processorPerFrame(besides: reading) * 1e3, 2),
      ]
    Self.printRow(
      name + (isQuiet ? ", quiet" : ""),
      [Self.text(load.bytesPerSecond, 0), Self.text(load.framesPerSecond, 1)] + perFrame
        + [Self.text(load.processorPerSecond * 1e3, 1)])
    return load
  }

  private static var limits: String {
    """
    \(Int(Limit.bytesPerSecond)) bytes/s and \(text(Limit.processorPerFrame * 1e3, 0)) ms/frame at \
    \(large.columns)x\(large.rows), \(Int(Limit.quietBytesPerSecond)) bytes/s on a quiet log
    """
  }

  private static func printRow(_ name: String, _ cells: [String]) {
    print(
      name.padding(toLength: 28, withPad: " ", startingAt: 0)
        + cells.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined())
    // The whole takes minutes: a pipe gets each row at once.
    fflush(nil)
  }

  private static func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
