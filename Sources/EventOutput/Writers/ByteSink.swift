/// A destination of finished output.
package protocol ByteSink: AnyObject {
  /// Writes bytes, which may be buffered until `flush`.
  ///
  /// - Parameter bytes: one or more whole events.
  /// - Throws: `OutputFailure` where the destination cannot be written.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputFailure)
  /// Writes all buffered bytes.
  ///
  /// - Throws: `OutputFailure` where the destination cannot be written.
  func flush() throws(OutputFailure)
}

extension ByteSink {
  /// Writes bytes, which may be buffered until `flush`.
  ///
  /// - Throws: `OutputFailure` where the destination cannot be written.
  package func write(_ bytes: [UInt8]) throws(OutputFailure) {
    let failure = bytes.withUnsafeBufferPointer { buffer -> OutputFailure? in
      do throws(OutputFailure) {
        try write(buffer)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }
}
