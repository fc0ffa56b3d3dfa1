import CNcurses

/// The capabilities of a terminal type that are needed besides those that curses uses.
struct TerminalDescription {
  /// The type that the terminal is treated as: its own, or the most similar known one.
  let type: String
  /// Leaves the alternate screen, shows the cursor, resets styles and keypad mode.
  let restoreSequence: [UInt8]
  /// Ends the last line on a terminal without an alternate screen, so that the output of a shell
  /// appears below the dashboard.
  let finalLineEnd: [UInt8]
  /// Resets all styles.
  let resetStyle: [UInt8]
  /// Makes the terminal send markers around pasted text; empty if it cannot.
  let enableBracketedPaste: [UInt8]
  /// Stops the terminal from sending markers around pasted text; empty if it cannot send them.
  let disableBracketedPaste: [UInt8]
  /// Resets the terminal's palette; empty if it cannot.
  let paletteReset: [UInt8]

  /// Reads the description of a type, or of one that can replace it, from the terminal database.
  /// Writes nothing to the terminal.
  ///
  /// - Parameter type: the value of `TERM`.
  /// - Throws: `TerminalFailure` if the type is missing, unknown, or cannot move the cursor.
  init(type: String?, output: Int32) throws(TerminalFailure) {
    guard let type, !type.isEmpty else { throw .typeNotSet }
    self.type = try Self.open(type, output)
    defer { curses_forget_terminal() }
    guard curses_capability("cup") != nil, curses_capability("clear") != nil else {
      throw .noCursorAddressing(type)
    }
    disableBracketedPaste = capability("BD")
    enableBracketedPaste = disableBracketedPaste.isEmpty ? [] : capability("BE")
    paletteReset = capability("oc")
    let leaveScreen = capability("rmcup")
    finalLineEnd = leaveScreen.isEmpty ? Array("\r\n".utf8) : []
    resetStyle = capability("sgr0")
    restoreSequence =
      resetStyle + capability("rmkx") + disableBracketedPaste + capability("cnorm") + leaveScreen
      + finalLineEnd
  }

  /// Selects the type whose capabilities are read from now on.
  ///
  /// - Returns: the type itself, or the most similar known one.
  private static func open(_ type: String, _ output: Int32) throws(TerminalFailure) -> String {
    let substitutes = TerminalFamily(type: type)?.substitutes(for: type) ?? []
    for name in [type] + substitutes where try select(name, output) { return name }
    for name in ["xterm-256color", "xterm"] where try select(name, output) {
      curses_forget_terminal()
      throw .unknownType(type)
    }
    throw .noDescriptions(type)
  }

  /// Selects a type. (setupterm(3))
  ///
  /// - Returns: whether the terminal database contains the type.
  private static func select(_ type: String, _ output: Int32) throws(TerminalFailure) -> Bool {
    var error: Int32 = 0
    if setupterm(type, output, &error) == OK { return true }
    // 1: the type is that of a printing terminal.
    if error == 1 { throw .noCursorAddressing(type) }
    return false
  }
}

/// The bytes of a capability without padding (`$<5>`), which only printing terminals need.
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
