/// Reads lines one after another: takes off their wrappers, detects the format of each name, and
/// judges them.
struct ModelLineReader {
  private let options: ModelOptions
  private let path: String
  /// The name of the format; `nil` until a line has matched.
  private(set) var formatName: String?
  /// The format of each name, and of the lines without a name under an empty one.
  private var formats: [[UInt8]: ModelFormat] = [:]
  /// The lines before the first one that matches.
  private var waiting: [ModelUnwrapping] = []
  private var pieces = ModelPieces()

  /// - Parameter path: the name of the input.
  init(_ options: ModelOptions, path: String) {
    self.options = options
    self.path = path
    if options.format != "auto" {
      formatName = options.format.contains { "$%".contains($0) } ? "custom" : options.format
    }
  }

  /// Reads the next line.
  ///
  /// - Returns: the judgements that are final now, `nil` for a line that is ignored. A line may wait
  ///   for others, which are then judged with it.
  mutating func read(_ line: [UInt8]) -> [Judgement?] {
    var physical = ModelUnwrapping(text: line)
    if isBlank(line) { return judge(physical) }
    if line.count > 2 * lineLimit {
      physical.isOversize = true
      return judge(physical)
    }
    guard let unwrapped = unwrapped(physical, pieces: &pieces) else { return [] }
    if unwrapped.hasInnerColors, let plain = withoutAnyColor(unwrapped) { return judge(plain) }
    if !isAccepted(unwrapped), !isDirective(unwrapped), unwrapped.text.count <= lineLimit,
      let plain = withoutAnyColor(unwrapped)
    {
      return judge(plain)
    }
    return judge(unwrapped)
  }

  /// Ends the input.
  ///
  /// - Parameter countsPieces: whether pieces of a line that has not ended are a line.
  mutating func end(countsPieces: Bool) -> [Judgement?] {
    var judgements: [Judgement?] = []
    while countsPieces, let unfinished = pieces.removeFirst() {
      if let line = unwrapped(unfinished, pieces: &pieces) { judgements += judge(line) }
    }
    judgements += waiting.map { line in
      rejection(of: line) { furthestRejection($0, zone: options.logZone) }
    }
    waiting = []
    return judgements
  }

  /// The formats that the lines of a name may have.
  func candidates(for name: [UInt8]) -> [ModelFormat] {
    if let format = formats[name] { return [format] }
    return options.format == "auto"
      ? ModelFormat.all(zone: options.logZone)
      : [ModelFormat(named: options.format, zone: options.logZone)]
  }

  private func isAccepted(_ line: ModelUnwrapping) -> Bool {
    if isBlank(line.text) { return true }
    if line.isOversize { return false }
    return candidates(for: line.name).contains { $0.accepts(line.text) }
  }

  /// Whether the line is none of a record, but not wrong.
  private func isDirective(_ line: ModelUnwrapping) -> Bool {
    let candidates = candidates(for: line.name)
    guard candidates.count == 1 else { return false }
    return candidates[0].isHeader(line.text) || candidates[0].judge(line.text) == .ignored
  }

  /// A rejected line before which a colour was dropped, without any colour in it; `nil` if it had
  /// none, or is then a piece of another line.
  private func withoutAnyColor(_ rejected: ModelUnwrapping) -> ModelUnwrapping? {
    guard rejected.hadColor, !rejected.isOversize else { return nil }
    var plain = rejected
    plain.text = withoutColors(rejected.text)
    plain.levels = 0
    if plain.text == rejected.text { return nil }
    var pieces = pieces
    guard let line = unwrapped(plain, pieces: &pieces), !line.isJoined || rejected.isJoined
    else { return nil }
    if isAccepted(line) { LineBranch.allColorsRemoved.reach() }
    return line
  }

  private mutating func judge(_ line: ModelUnwrapping) -> [Judgement?] {
    noteBranches(of: line)
    if formatName == nil {
      guard !isBlank(line.text), isAccepted(line) else {
        waiting.append(line)
        return []
      }
      let format = candidates(for: line.name).first { $0.accepts(line.text) }!
      formatName = format.name(of: line.text)
      let before = waiting.map { waiting in rejection(of: waiting) { format.judge($0) } }
      waiting = []
      return before + [verdict(line)]
    }
    return [verdict(line)]
  }

  /// The judgement of a line that no format accepts.
  private func rejection(
    of line: ModelUnwrapping, _ judge: ([UInt8]) -> Judgement
  ) -> Judgement? {
    if line.isOversize { return .rejected(.oversize) }
    let judgement = isBlank(line.text) ? .ignored : judge(line.text)
    return judgement == .ignored ? nil : judgement
  }

  private mutating func verdict(_ line: ModelUnwrapping) -> Judgement? {
    if line.isOversize { return .rejected(.oversize) }
    if isBlank(line.text) { return nil }
    var candidates = candidates(for: line.name)
    if candidates.count > 1 {
      guard let format = candidates.first(where: { $0.accepts(line.text) }) else {
        LineBranch.nameWithoutFormat.reach()
        if !formats.isEmpty && isW3CDirective(line.text) { return nil }
        return furthestRejection(line.text, zone: options.logZone)
      }
      if !formats.isEmpty { LineBranch.formatOfName.reach() }
      candidates = [format]
    }
    let judgement = candidates[0].judge(line.text)
    if case .header(let names) = judgement {
      candidates[0].columns = names
      if line.levels > 0 { LineBranch.headerInWrapper.reach() }
    }
    formats[line.name] = candidates[0]
    switch judgement {
    case .header, .ignored: return nil
    case .rejected: return judgement
    case .record(var record):
      record.source = line.name.isEmpty ? Array(path.utf8) : line.name
      return .record(record)
    }
  }

  private func noteBranches(of line: ModelUnwrapping) {
    guard line.levels > 0 else { return }
    if isBlank(line.text) {
      LineBranch.blankInWrapper.reach()
    } else if !isAccepted(line) {
      LineBranch.rejectedInWrapper.reach()
    }
  }
}
