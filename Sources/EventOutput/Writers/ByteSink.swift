/// Where finished output goes.
package protocol ByteSink: AnyObject {
  /// Takes some whole events; they may be held back until `flush`.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputFailure)
  /// Hands on whatever is held back.
  func flush() throws(OutputFailure)
}

extension ByteSink {
  /// Takes some whole events; they may be held back until `flush`.
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
