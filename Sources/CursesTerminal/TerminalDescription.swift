import CNcurses

/// What is known of a type of terminal before anything is written to it.
struct TerminalDescription {
  /// Leaves the alternate screen, shows the cursor, ends styles and special keys.
  let restoring: [UInt8]
  /// Ends styles: whatever was written last, text is plain after it.
  let plain: [UInt8]
  /// Makes pasted text come between two marks; empty where the terminal cannot.
  let beginMarkingPastes: [UInt8]
  let endMarkingPastes: [UInt8]

  /// Looks the type up in the terminal database. Writes nothing.
  ///
  /// - Parameter type: the value of `TERM`.
  init(type: String?, output: Int32) throws(TerminalFailure) {
    guard let type, !type.isEmpty else { throw .typeNotSet }
    var error: Int32 = 0
    guard setupterm(type, output, &error) == OK else {
      // 1: found, but it prints on paper.
      throw error == 1 ? .noCursorAddressing(type) : .unknownType(type)
    }
    defer { curses_forget_terminal() }
    guard curses_capability("cup") != nil, curses_capability("clear") != nil else {
      throw .noCursorAddressing(type)
    }
    endMarkingPastes = capability("BD")
    beginMarkingPastes = endMarkingPastes.isEmpty ? [] : capability("BE")
    let leave = capability("rmcup")
    plain = capability("sgr0")
    restoring =
      plain + capability("rmkx") + endMarkingPastes + capability("cnorm")
      + (leave.isEmpty ? Array("\r\n".utf8) : leave)
  }
}

/// The bytes of a capability, without the pauses (`$<5>`) that printing terminals needed.
private func capability(_ name: String) -> [UInt8] {
  guard let value = curses_capability(name) else { return [] }
  var bytes: [UInt8] = []
  var rest = String(cString: value).utf8[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
      let end = rest.firstIndex(of: UInt8(ascii: ">"))
    {
      rest = rest[rest.index(after: end)...]
    } else {
      bytes.append(byte)
    }
  }
  return bytes
}
