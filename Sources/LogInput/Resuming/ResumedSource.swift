import AccessLog

/// A log of which an earlier run has read a part that is read again. No read crosses the end of that
/// part, so that the lines before it can be told from the new ones.
package final class ResumedSource: LogSource {
  private let source: any LogSource
  /// The number of bytes left of the part that is known.
  private var known: Int64
  package let heading: [UInt8]

  /// - Parameters:
  ///   - log: the log that `source` reads.
  ///   - known: the length of the part that is read again, which ends with a line.
  package init(_ source: any LogSource, _ log: ResumedLog, known: Int64) {
    self.source = source
    self.known = known
    heading = log.heading
  }

  package var state: SourceState { source.state }
  package var place: SavedPlace? { source.place }

  /// A rotated file that is renamed or removed while it is read is nothing unusual.
  package func drainNotices() -> [Notice] {
    source.drainNotices().filter { notice in
      switch notice {
      case .about(_, .input(.removedWhileRead)), .about(_, .input(.replacedWhileRead)): false
      default: true
      }
    }
  }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    guard known > 0 else { return try source.read(into: buffer) }
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, Int(known))])
    let result = try source.read(into: part)
    if case .bytes(let count) = result { known -= Int64(count) }
    return result
  }

  package var extent: FileExtent? {
    guard var extent = source.extent, known > 0 else { return source.extent }
    let end = min(extent.range.upperBound, extent.range.lowerBound + known)
    extent.range = extent.range.lowerBound..<end
    return extent
  }

  package func skip(to offset: Int64, last: [UInt8]) {
    if known > 0, let start = source.extent?.range.lowerBound { known -= offset - start }
    source.skip(to: offset, last: last)
  }
}
