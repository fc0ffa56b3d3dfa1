/// Types of terminal that are near enough to stand in for one another where the terminal database
/// does not hold all of them: after `sudo` or `ssh` the machine may not know the terminal that a
/// person sits at.
enum TerminalFamily: CaseIterable, Sendable {
  /// Understands what xterm does, with 256 colours or more.
  case xterm
  case rxvt
  /// Draws into another terminal and passes on only what it knows itself.
  case multiplexer
  case linuxConsole
  case cygwin
  /// DEC's terminals and what imitates them.
  case vt
  case ansi

  /// The family of a type, by its first word: `xterm` of `xterm-kitty`, `screen` of
  /// `screen.xterm-256color`, `iterm` of `iTerm2.app`.
  ///
  /// - Parameter type: the value of `TERM`.
  /// - Returns: nothing where the name says nothing.
  init?(type: String) {
    guard Self.isName(type) else { return nil }
    let word = type.prefix { !"-+.".contains($0) }.lowercased()
    guard let family = Self.allCases.first(where: { $0.isNamed(word) }) else { return nil }
    self = family
  }

  private func isNamed(_ word: String) -> Bool {
    // vt100, vt220, vt420; those before are of another kind.
    if self == .vt {
      return word.hasPrefix("vt") && Int(word.dropFirst(2)).map { $0 >= 100 } ?? false
    }
    return names.contains(word)
  }

  /// Whether it is made of what names of types are made of, and of no more than fits a message.
  private static func isName(_ type: String) -> Bool {
    type.utf8.count <= 64
      && type.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || "-+._".unicodeScalars.contains($0)
      }
  }

  /// First words of types, in lower case.
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

  /// Types that stand in for one of this family, the nearest first.
  ///
  /// - Parameter type: the type itself, whose name may promise fewer colours than its relatives have.
  func substitutes(for type: String) -> [String] {
    let hasFewColors = ["-8color", "-16color", "-88color"].contains { type.contains($0) }
    return nearest.filter { name in
      if hasFewColors, name.contains("256color") { return false }
      // A vt100 lacks some of what a vt220 does.
      return !(type.hasPrefix("vt1") && name == "vt220")
    }
  }

  private var nearest: [String] {
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
