import CNcurses

/// What is known of a type of terminal before anything is written to it.
struct TerminalDescription {
  /// The type that the terminal is drawn as.
  let type: String
  /// Leaves the alternate screen, shows the cursor, ends styles and special keys.
  let restoring: [UInt8]
  /// Ends the last line where there is no alternate screen to leave, so that what a shell writes
  /// stands below the picture and not in it.
  let endOfPicture: [UInt8]
  /// Ends styles: whatever was written last, text is plain after it.
  let plain: [UInt8]
  /// Makes pasted text come between two marks; empty where the terminal cannot.
  let beginMarkingPastes: [UInt8]
  let endMarkingPastes: [UInt8]
  /// Sets the terminal's colours back to what they were at its start; empty where it cannot.
  let paletteReset: [UInt8]

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
    self.type = type
    defer { curses_forget_terminal() }
    guard curses_capability("cup") != nil, curses_capability("clear") != nil else {
      throw .noCursorAddressing(type)
    }
    endMarkingPastes = capability("BD")
    beginMarkingPastes = endMarkingPastes.isEmpty ? [] : capability("BE")
    paletteReset = capability("oc")
    let leave = capability("rmcup")
    endOfPicture = leave.isEmpty ? Array("\r\n".utf8) : []
    plain = capability("sgr0")
    restoring =
      plain + capability("rmkx") + endMarkingPastes + capability("cnorm") + leave + endOfPicture
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
