/// A condition that a test waited for was not met in time.
package struct TerminalTimeout: Error, CustomStringConvertible {
  let expectation: String
  let screen: String
  let output: ArraySlice<UInt8>

  /// The condition, the screen, and the last bytes of output.
  package var description: String {
    "timeout: waited until \(expectation):\n\(screen)\n"
      + "the last bytes: \(output.map(printable).joined())"
  }
}

private func printable(_ byte: UInt8) -> String {
  switch byte {
  case 0x1B: "^["
  case 0x20..<0x7F: String(Unicode.Scalar(byte))
  default: "<\(byte)>"
  }
}
