/// Something that was waited for did not come.
package struct TerminalTimeout: Error, CustomStringConvertible {
  let what: String
  let screen: String
  let output: ArraySlice<UInt8>

  package var description: String {
    "waited in vain until \(what):\n\(screen)\nthe last bytes: \(output.map(printable).joined())"
  }
}

private func printable(_ byte: UInt8) -> String {
  switch byte {
  case 0x1B: "^["
  case 0x20..<0x7F: String(Unicode.Scalar(byte))
  default: "<\(byte)>"
  }
}
