import Engine
import LogInput
import TrafficAnalysis

extension Pipeline {
  /// Reads the source to its end.
  ///
  /// - Parameters:
  ///   - blockByBlock: whether a step ends after one block; otherwise there is a single step, which may
  ///     read with several threads.
  ///   - handle: called with the events of each step, unless there are none.
  /// - Throws: what the source or `handle` throws.
  package mutating func readToEnd(
    _ reader: BlockReader, clock: ClockReading, blockByBlock: Bool = true,
    handle: ([MonitorEvent]) throws -> Void
  ) throws {
    var events: [MonitorEvent] = []
    while !isFinished {
      _ = try step(
        [reader], until: .everything, clock: clock, isOverBudget: { blockByBlock }, events: &events)
      if !events.isEmpty { try handle(events) }
      events.removeAll(keepingCapacity: true)
    }
  }
}
