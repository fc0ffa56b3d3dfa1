import TrafficGenerator

extension BenchCommand {
  /// Measures and prints the figures. Where logs are followed it does not return but ends the
  /// program.
  @MainActor
  func run() {
    switch self {
    case .help: print(Self.usage)
    case .speed(let path?, _, _): SpeedBench.measure(path)
    case .speed(nil, let lines, let format):
      for format in format.map({ [$0] }) ?? [.combined, .csv] {
        let log = SimulatedLog(lines: lines, format: format)
        print("simulated, \(format.rawValue):")
        SpeedBench.measure(log.path)
        log.remove()
      }
    case .rotations(let count, let lines, let kept):
      FollowingBench(.renaming, count: count, linesEach: lines, kept: kept).run()
    case .copytruncates(let count, let lines, let kept, let isSteady):
      FollowingBench(.copying, count: count, linesEach: lines, kept: kept, isSteady: isSteady).run()
    case .seeks(let path): seek(in: path)
    case .sparse(let lines): TrafficShapes.measure(lines: lines)
    case .wrapped(let lines): WrappedLines.measure(lines: lines)
    case .tables: TableBench.measure()
    case .idle(let seconds): IdleBench(seconds: seconds).run()
    case .screen(let seconds, let isAnswering):
      ScreenBench(seconds: seconds, isAnswering: isAnswering).run()
    }
  }

  @MainActor
  private func seek(in path: String?) {
    let simulated = path == nil ? SimulatedLog(lines: 6_300_000, format: .combined) : nil
    defer { simulated?.remove() }
    do {
      try SeekBench.measure(path ?? simulated?.path ?? "")
    } catch {
      Measurement.stop("\(error)")
    }
  }
}
