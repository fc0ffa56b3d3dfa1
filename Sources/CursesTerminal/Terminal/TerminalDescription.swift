import CNcurses

/// What is known of a type of terminal before anything is written to it.
struct TerminalDescription {
  /// The type that the terminal is drawn as: its own, or the nearest that is known.
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

  /// Looks the type up in the terminal database, then those that can stand in for it. Writes nothing.
  ///
  /// - Parameter type: the value of `TERM`.
  init(type: String?, output: Int32) throws(TerminalFailure) {
    guard let type, !type.isEmpty else { throw .typeNotSet }
    self.type = try Self.open(type, output)
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

  /// Makes a type the one whose capabilities are asked for, or else the nearest to it.
  ///
  /// - Returns: which it is.
  private static func open(_ type: String, _ output: Int32) throws(TerminalFailure) -> String {
    let others = TerminalFamily(type: type)?.substitutes(for: type) ?? []
    for name in [type] + others where try knows(name, output) { return name }
    for name in ["xterm-256color", "xterm"] where try knows(name, output) {
      curses_forget_terminal()
      throw .unknownType(type)
    }
    throw .noDescriptions(type)
  }

  /// Whether the database holds a type; then its capabilities can be asked for.
  private static func knows(_ type: String, _ output: Int32) throws(TerminalFailure) -> Bool {
    var error: Int32 = 0
    if setupterm(type, output, &error) == OK { return true }
    // 1: found, but it prints on paper.
    if error == 1 { throw .noCursorAddressing(type) }
    return false
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
