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
  /// Moves the cursor to the upper left corner.
  let moveHome: [UInt8]
  /// Whether the terminal answers queries or ignores them, and ignores modes that it does not know.
  let toleratesQueries: Bool
  /// Whether the terminal can report the mouse in the form of xterm's mode 1006.
  let hasMouse: Bool
  /// Whether the description says that the terminal displays direct colours. (terminfo extensions of
  /// ncurses and of tmux)
  private let describesTruecolor: Bool
  private let family: TerminalFamily?

  /// Reads the description of a type, or of one that can replace it, from the terminal database.
  /// Writes nothing to the terminal.
  ///
  /// - Parameter type: the value of `TERM`.
  /// - Throws: `TerminalFailure` if the type is missing, unknown, or cannot move the cursor.
  init(type: String?, output: Int32) throws(TerminalFailure) {
    guard let type, !type.isEmpty else { throw .typeNotSet }
    self.type = try Self.open(type, output)
    family = TerminalFamily(type: type)
    defer { curses_forget_terminal() }
    guard curses_capability("cup") != nil, curses_capability("clear") != nil else {
      throw .noCursorAddressing(type)
    }
    disableBracketedPaste = capability("BD")
    enableBracketedPaste = disableBracketedPaste.isEmpty ? [] : capability("BE")
    paletteReset = capability("oc")
    moveHome = capability("home").isEmpty ? Self.firstCell() : capability("home")
    toleratesQueries = family == .xterm || family == .multiplexer
    hasMouse =
      toleratesQueries || family == .rxvt || capability("kmous").elementsEqual("\u{1B}[<".utf8)
    describesTruecolor = curses_flag("Tc") > 0 || curses_flag("RGB") > 0
    let leaveScreen = capability("rmcup")
    finalLineEnd = leaveScreen.isEmpty ? Array("\r\n".utf8) : []
    resetStyle = capability("sgr0")
    restoreSequence =
      (toleratesQueries ? SynchronizedOutput.end : []) + resetStyle + capability("rmkx")
      + disableBracketedPaste + (hasMouse ? MouseReports.disable : []) + capability("cnorm")
      + leaveScreen + finalLineEnd
  }

  /// Whether the terminal displays direct colours if they are selected in the usual form.
  ///
  /// A multiplexer displays in several terminals; only its own environment says what it passes on.
  func supportsTruecolor(_ hints: TerminalHints) -> Bool {
    hints.claimsTruecolor || (family != .multiplexer && describesTruecolor)
  }

  /// The `cup` capability for the upper left corner. (tparm(3))
  private static func firstCell() -> [UInt8] {
    curses_move_home().map { withoutPadding(String(cString: $0)) } ?? []
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
  curses_capability(name).map { withoutPadding(String(cString: $0)) } ?? []
}

private func withoutPadding(_ capability: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = capability.utf8[...]
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
