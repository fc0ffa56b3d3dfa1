import WebTransfer

/// Parses the definition of an action.
///
/// ```
/// NAME: exec /path [ARGUMENT...]
/// NAME: webhook URL [as generic|slack|alertmanager] [with intervals]
/// NAME: mail ADDRESS via smtp://HOST:PORT|smtps://HOST:PORT|sendmail [from ADDRESS]
///       [user NAME password file:PATH|env:NAME]
/// NAME: syslog [FACILITY]
/// NAME: file PATH [with intervals]
/// NAME: bell
/// ```
/// A URL may also be `file:PATH` or `env:NAME`.
struct ActionParser {
  private var words: WordScanner
  private var peeked: DefinitionWord?
  private var name = ""

  init(_ bytes: [UInt8]) throws(DefinitionError) {
    if let index = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
      throw DefinitionError(message: "control characters are not allowed", offset: index)
    }
    let start = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
    let end = bytes[start...].firstIndex { !Self.isNameByte($0) } ?? bytes.count
    guard end > start else {
      throw DefinitionError(
        message: "expected a name of letters, digits, '.', '_' or '-'", offset: end)
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ":") else {
      throw DefinitionError(message: "expected ':' after the name", offset: end)
    }
    guard end - start <= ActionDefinition.nameLimit else {
      throw DefinitionError(
        message: "a name has at most \(ActionDefinition.nameLimit) characters",
        offset: start + ActionDefinition.nameLimit)
    }
    name = String(decoding: bytes[start..<end], as: UTF8.self)
    words = WordScanner(bytes, from: end + 1)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  // MARK: - Kinds

  mutating func definition() throws(DefinitionError) -> ActionDefinition {
    let kinds = "exec, webhook, mail, syslog, file or bell"
    let word = try required(kinds)
    var definition = ActionDefinition(name: name, kind: .bell)
    switch word.text {
    case "exec": definition.kind = try exec()
    case "webhook":
      let url = try webAddress(try required("a URL, file:PATH or env:NAME"))
      var style: WebhookStyle?
      try options { (parser, option) throws(DefinitionError) in
        switch option.text {
        case "as" where style == nil: style = try parser.style()
        case "with" where !definition.includesIntervals:
          definition.includesIntervals = try parser.intervals()
        default: return false
        }
        return true
      }
      definition.kind = .webhook(url, style ?? .generic)
      if definition.includesIntervals, style == .slack || style == .alertmanager {
        throw DefinitionError(message: "only a generic webhook takes intervals", offset: words.end)
      }
    case "mail": definition.kind = .mail(try mail())
    case "syslog": definition.kind = .syslog(try facility())
    case "file":
      definition.kind = .file(try filePath())
      try options { (parser, option) throws(DefinitionError) in
        guard option.text == "with", !definition.includesIntervals else { return false }
        definition.includesIntervals = try parser.intervals()
        return true
      }
    case "bell": break
    default: throw DefinitionError(message: "expected \(kinds)", offset: word.start)
    }
    if let extra = try next() {
      throw DefinitionError(message: "nothing more is expected here", offset: extra.start)
    }
    return definition
  }

  private mutating func exec() throws(DefinitionError) -> ActionDefinition.Kind {
    let program = try required("the absolute path of a program")
    guard program.bytes.first == UInt8(ascii: "/") else {
      throw DefinitionError(
        message: "expected the absolute path of a program", offset: program.start)
    }
    var arguments = [program.text]
    while let word = try next() { arguments.append(word.text) }
    return .exec(arguments)
  }

  private mutating func style() throws(DefinitionError) -> WebhookStyle {
    let word = try required("generic, slack or alertmanager")
    guard let style = WebhookStyle(rawValue: word.text) else {
      throw DefinitionError(
        message: "expected generic, slack or alertmanager", offset: word.start)
    }
    return style
  }

  private mutating func intervals() throws(DefinitionError) -> Bool {
    let word = try required("intervals")
    guard word.text == "intervals" else {
      throw DefinitionError(message: "expected intervals", offset: word.start)
    }
    return true
  }

  private mutating func facility() throws(DefinitionError) -> SyslogFacility {
    guard let word = try next() else { return .daemon }
    guard let facility = SyslogFacility(word.text) else {
      throw DefinitionError(
        message: "expected a facility such as daemon, user or local0", offset: word.start)
    }
    return facility
  }

  private mutating func filePath() throws(DefinitionError) -> String {
    let word = try required("the path of a file")
    guard !word.bytes.isEmpty, word.bytes.last != UInt8(ascii: "/") else {
      throw DefinitionError(message: "expected the path of a file", offset: word.start)
    }
    return word.text
  }

  // MARK: - Mail

  private mutating func mail() throws(DefinitionError) -> MailRoute {
    let recipient = try address()
    let via = try required("via")
    guard via.text == "via" else {
      throw DefinitionError(message: "expected via", offset: via.start)
    }
    var route = MailRoute(recipient: recipient, transport: try transport())
    var user: String?
    var password: SettingSource?
    var userOffset = 0
    try options { (parser, option) throws(DefinitionError) in
      switch option.text {
      case "from" where route.sender == nil: route.sender = try parser.address()
      case "user" where user == nil:
        userOffset = option.start
        guard case .smtp = route.transport else {
          throw DefinitionError(message: "sendmail takes no user", offset: userOffset)
        }
        user = try parser.required("the name of the user").text
      case "password" where user != nil && password == nil: password = try parser.password()
      default: return false
      }
      return true
    }
    guard let user else { return route }
    guard let password, case .smtp(let server, _) = route.transport else {
      throw DefinitionError(message: "a user needs a password", offset: words.end)
    }
    route.transport = .smtp(server, MailLogin(user: user, password: password))
    return route
  }

  private mutating func address() throws(DefinitionError) -> String {
    let word = try required("a mail address")
    guard let first = word.bytes.first, first != UInt8(ascii: "-") else {
      throw DefinitionError(message: "expected a mail address", offset: word.start)
    }
    let forbidden = Array("<>()[]\\,;:\" ".utf8)
    if let index = word.bytes.firstIndex(where: { $0 >= 0x7F || forbidden.contains($0) }) {
      throw DefinitionError(
        message: "expected a plain mail address such as ops@example.com",
        offset: word.offsets[index])
    }
    return word.text
  }

  private mutating func transport() throws(DefinitionError) -> MailRoute.Transport {
    let word = try required("smtp://HOST:PORT or sendmail")
    if word.text == "sendmail" { return .sendmail }
    guard let scheme = ["smtp", "smtps"].first(where: { word.text.hasPrefix($0 + "://") }) else {
      throw DefinitionError(message: "expected smtp://HOST:PORT or sendmail", offset: word.start)
    }
    let authority = word.bytes[(scheme.utf8.count + 3)...]
    if authority.contains(UInt8(ascii: "@")) {
      throw DefinitionError(
        message: "everybody can read a password on a command line: "
          + "use user NAME password file:PATH",
        offset: word.offsets[authority.startIndex])
    }
    if let wrong = WebAddress.firstWrong(in: authority) {
      throw DefinitionError(message: "expected HOST:PORT", offset: word.offsets[wrong])
    }
    let isEncrypted = scheme == "smtps"
    var host = String(decoding: authority, as: UTF8.self)
    var port = isEncrypted ? 465 : 25
    if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
      port = Int(host[host.index(after: colon)...]) ?? port
      host = String(host[..<colon])
    }
    return .smtp(MailServer(isEncrypted: isEncrypted, host: host, port: port), nil)
  }

  // MARK: - Settings that may be secret

  private func webAddress(_ word: DefinitionWord) throws(DefinitionError) -> SettingSource {
    if let source = try secret(word) { return source }
    do throws(WebAddress.Problem) {
      return .literal(try WebAddress(word.text, allowsUser: false).text)
    } catch {
      throw DefinitionError(message: error.message, offset: word.offsets[error.index])
    }
  }

  private mutating func password() throws(DefinitionError) -> SettingSource {
    let word = try required("file:PATH or env:NAME")
    guard let source = try secret(word) else {
      throw DefinitionError(
        message: "everybody can read a password on a command line: use file:PATH or env:NAME",
        offset: word.start)
    }
    return source
  }

  /// The source that a word refers to; `nil` if it is no reference.
  private func secret(_ word: DefinitionWord) throws(DefinitionError) -> SettingSource? {
    let text = word.text
    if text.hasPrefix("env:") {
      let name = word.bytes.dropFirst(4)
      if let index = name.firstIndex(where: { !Self.isNameByte($0) }) ?? (name.isEmpty ? 4 : nil) {
        throw DefinitionError(
          message: "expected the name of an environment variable", offset: word.offsets[index])
      }
      return .environment(String(decoding: name, as: UTF8.self))
    }
    guard text.hasPrefix("file:") else { return nil }
    guard !text.hasPrefix("file://") else {
      throw DefinitionError(
        message: "expected http:// or https://, or the path of a file that holds the URL",
        offset: word.start)
    }
    guard word.bytes.count > 5 else {
      throw DefinitionError(message: "expected the path of a file", offset: word.offsets[5])
    }
    return .file(String(text.dropFirst(5)))
  }

  // MARK: - Words

  private mutating func next() throws(DefinitionError) -> DefinitionWord? {
    if let word = peeked {
      peeked = nil
      return word
    }
    return try words.next()
  }

  private mutating func required(_ what: String) throws(DefinitionError) -> DefinitionWord {
    guard let word = try next() else {
      throw DefinitionError(message: "expected \(what)", offset: words.end)
    }
    return word
  }

  /// Parses options for as long as there are any.
  ///
  /// - Parameter parse: parses what follows an option, and returns whether it is one.
  private mutating func options(
    _ parse: (inout ActionParser, DefinitionWord) throws(DefinitionError) -> Bool
  ) throws(DefinitionError) {
    while let word = try next() {
      guard try parse(&self, word) else {
        peeked = word
        return
      }
    }
  }
}

extension ActionDefinition {
  /// Parses `NAME: KIND ...`.
  ///
  /// - Throws: the first mistake, and its place.
  package init(parsing text: String) throws(DefinitionError) {
    var parser = try ActionParser(Array(text.utf8))
    self = try parser.definition()
  }
}
