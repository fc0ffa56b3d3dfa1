/// A group of compatible terminal types, which can replace one another where the terminal database
/// does not contain all of them: after `sudo` or `ssh`, the machine may not know the user's terminal.
enum TerminalFamily: CaseIterable, Sendable {
  /// Compatible with xterm, with 256 colours or more.
  case xterm
  /// Compatible with rxvt.
  case rxvt
  /// Draws into another terminal and passes on only the sequences that it knows.
  case multiplexer
  /// The console of Linux.
  case linuxConsole
  /// The console of Cygwin.
  case cygwin
  /// DEC's terminals and their emulators.
  case vt
  /// Terminals that know only the ANSI standard.
  case ansi

  /// The family of a type, according to the first word of its name: `xterm` for `xterm-kitty`,
  /// `screen` for `screen.xterm-256color`, `iterm2` for `iTerm2.app`.
  ///
  /// - Parameter type: the value of `TERM`.
  /// - Returns: nil if the name belongs to no family.
  init?(type: String) {
    guard Self.isName(type) else { return nil }
    let word = type.prefix { !"-+.".contains($0) }.lowercased()
    guard let family = Self.allCases.first(where: { $0.isNamed(word) }) else { return nil }
    self = family
  }

  private func isNamed(_ word: String) -> Bool {
    // vt100, vt220, vt420; types with smaller numbers are incompatible.
    if self == .vt {
      return word.hasPrefix("vt") && Int(word.dropFirst(2)).map { $0 >= 100 } ?? false
    }
    return names.contains(word)
  }

  /// Whether the text consists of the characters of terminal names and is short enough for a message.
  private static func isName(_ type: String) -> Bool {
    type.utf8.count <= 64
      && type.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || "-+._".unicodeScalars.contains($0)
      }
  }

  /// The first words of the types of the family, in lower case.
  private var names: Set<String> {
    switch self {
    case .xterm:
      [
        "xterm", "alacritty", "apple_terminal", "contour", "cosmic", "deepin", "domterm",
        "eat", "extraterm", "foot", "ghostty", "gnome", "guake", "hterm", "hyper", "iterm",
        "iterm2", "kitty", "kmscon", "konsole", "mate", "mintty", "mlterm", "mobaxterm",
        "ms", "nsterm", "ptyxis", "putty", "qterminal", "rio", "roxterm", "sakura",
        "securecrt", "simpleterm", "st", "stterm", "tabby", "teraterm", "terminator",
        "terminology", "termite", "termux", "tilda", "tilix", "vscode", "vte", "warp",
        "wayst", "wezterm", "xfce", "yakuake", "zutty",
      ]
    case .rxvt: ["rxvt", "urxvt", "aterm", "mrxvt", "wterm"]
    case .multiplexer: ["tmux", "screen", "byobu", "dvtm", "mtm"]
    case .linuxConsole: ["linux", "linux2", "linux3", "bterm", "fbterm", "jfbterm"]
    case .cygwin: ["cygwin", "cygwinb19", "cygwindbg"]
    case .vt: []
    case .ansi: ["ansi", "pcansi"]
    }
  }

  /// The types that can replace a type of this family, the most similar first.
  ///
  /// - Parameter type: the type to replace. If its name promises few colours, types with 256 colours
  ///   are excluded.
  func substitutes(for type: String) -> [String] {
    let hasFewColors = ["-8color", "-16color", "-88color"].contains { type.contains($0) }
    return commonTypes.filter { name in
      if hasFewColors, name.contains("256color") { return false }
      // A vt100 lacks some functions of a vt220.
      return !(type.hasPrefix("vt1") && name == "vt220")
    }
  }

  /// Types of the family, and compatible ones of other families, that most terminal databases contain.
  private var commonTypes: [String] {
    switch self {
    case .xterm: ["xterm-256color", "xterm"]
    case .rxvt: ["rxvt-unicode-256color", "xterm-256color", "rxvt", "xterm"]
    case .multiplexer: ["screen-256color", "screen", "xterm-256color", "xterm"]
    case .linuxConsole: ["linux", "xterm"]
    case .cygwin: ["cygwin", "ansi"]
    case .vt: ["vt220", "vt100"]
    case .ansi: ["ansi"]
    }
  }
}
