import AccessLog
import LogInput
import TrafficAnalysis

/// Drives a pipeline from the beginning of its source to the end, handing on the events.
package enum BatchRun {
  /// - Returns: the pipeline as it ended.
  package static func run(
    _ reader: BlockReader, _ options: PipelineOptions, clock: ClockReading,
    handle: ([MonitorEvent]) throws -> Void
  ) throws -> Pipeline {
    var pipeline = Pipeline(options)
    var events: [MonitorEvent] = []
    while !pipeline.isFinished {
      _ = try pipeline.step(
        reader, until: .everything, clock: clock, isOverBudget: { true }, events: &events)
      if !events.isEmpty { try handle(events) }
      events.removeAll(keepingCapacity: true)
    }
    return pipeline
  }
}

/// Bytes in memory as a source, given out in chunks of chosen sizes.
package final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var chunks: ArraySlice<Int>
  private var position = 0

  /// - Parameter chunks: how much each read gives; the rest comes whole.
  package init(_ bytes: [UInt8], chunks: [Int] = []) {
    self.bytes = bytes
    self.chunks = chunks[...]
  }

  package func seek(to offset: Int64) { position = Int(offset) }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    guard position < bytes.count else { return .end }
    let wanted = max(1, chunks.popFirst() ?? Int.max)
    let count = min(wanted, buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return .bytes(count)
  }
}
