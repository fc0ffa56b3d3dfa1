import EventOutput

/// Keeps what is written.
package final class MemorySink: ByteSink {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package func write(_ more: UnsafeBufferPointer<UInt8>) { bytes += more }

  package func flush() {}
}
