import AccessLog
import TrafficGenerator

extension BenchCommand {
  /// Measures and prints the figures. Where logs are followed it does not return but ends the
  /// program.
  @MainActor
  func run() {
    switch self {
    case .help: print(Self.usage)
    case .stages(let path?, _, _): SpeedBench.measure(path)
    case .stages(nil, let lines, let format):
      for format in format.map({ [$0] }) ?? [.combined, .csv] { measureStages(format, lines) }
    case .whole(let shapes, let lines, let lateness):
      WholeBench(shapes: shapes, lines: lines, lateness: lateness).run()
    case .growth(let shape, let lines): GrowthBench(shape: shape, lines: lines).run()
    case .memory(let lines): ReplayMemory(lines: lines).run()
    case .peers(let lines): PeerBench(lines: lines).run()
    case .rotations(let count, let lines, let kept):
      FollowingBench(.renaming, count: count, linesEach: lines, kept: kept).run()
    case .copytruncates(let count, let lines, let kept, let isSteady):
      FollowingBench(.copying, count: count, linesEach: lines, kept: kept, isSteady: isSteady).run()
    case .several(let lines): SeveralBench(lines: lines).run()
    case .seeks(let path): seek(in: path)
    case .wrapped(let lines): WrappedLines.measure(lines: lines)
    case .formats(let hasAllNames):
      let all = DimensionSet(Dimension.allCases.map { DimensionSet($0) })
      FormatBench.measure(hasAllNames ? all : [])
    case .filter(let lines): FilterBench.measure(lines: lines)
    case .tables: TableBench.measure()
    case .fleet(let servers, let seconds): FleetBench(servers: servers, seconds: seconds).run()
    case .idle(let seconds): IdleBench(seconds: seconds).run()
    case .screen(let seconds, let isAnswering):
      ScreenBench(seconds: seconds, isAnswering: isAnswering).run()
    }
  }

  @MainActor
  private func measureStages(_ format: LineFormat, _ lines: Int) {
    let log = SimulatedLog(.dense.with { $0.format = format }, lines: lines)
    print("simulated, \(format.rawValue):")
    SpeedBench.measure(log.path)
    log.remove()
  }

  @MainActor
  private func seek(in path: String?) {
    let simulated = path == nil ? SimulatedLog(.plain, lines: 6_300_000) : nil
    defer { simulated?.remove() }
    do {
      try SeekBench.measure(path ?? simulated?.path ?? "")
    } catch {
      Measurement.stop("\(error)")
    }
  }
}
