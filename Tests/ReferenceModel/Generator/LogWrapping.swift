/// How the lines of a generated log are wrapped.
struct LogWrapping {
  private enum Plan {
    case bare
    /// Every line in the same wrappers, the innermost first.
    case whole([WrapperWriter])
    /// Every line in any wrapper, or in none.
    case mixed
  }

  private let plan: Plan
  /// How many of a thousand lines let the next one begin before their last piece is written.
  private let interleaving: Int
  private var held: [[UInt8]] = []

  /// - Parameter keepsOrder: no line is lost or cut, and they stay in their order.
  init(keepsOrder: Bool = false, _ random: inout RandomSource) {
    switch keepsOrder ? random.number(0...6) : random.number(0...9) {
    case 0...4: plan = .bare
    case 5...7:
      let depth = random.pick(keepsOrder ? [1, 1, 2] : [1, 1, 1, 2, 2, 3, 7, 8, 9])
      let names = random.chance(650) ? ["web-1"] : ["web-1", "web-2", "db.example.org"]
      plan = .whole(
        (0..<depth).map { level in
          var wrapper = random.pick(WrapperWriter.all)
          while (wrapper.needsAddress && (level > 0 || keepsOrder))
            || (wrapper.hasPieces && keepsOrder)
          {
            wrapper = random.pick(WrapperWriter.all)
          }
          wrapper.names = names
          return wrapper
        })
    default: plan = .mixed
    }
    interleaving = keepsOrder ? 0 : random.pick([0, 0, 300])
  }

  /// The physical lines to write for a line.
  mutating func wrap(_ line: [UInt8], _ random: inout RandomSource) -> [[UInt8]] {
    var lines: [[UInt8]]
    switch plan {
    case .bare: return [line]
    case .whole(let wrappers): lines = wrapped(line, in: wrappers, &random)
    case .mixed:
      if random.chance(300) { return [random.chance(100) ? colored(line, &random) : line] }
      var wrapper = random.pick(WrapperWriter.all)
      if random.chance(300) { wrapper.names = ["web-1", "web-2", "api.example.org"] }
      lines = wrapper.wrap(line, &random)
      if random.chance(200) {
        let outer = random.pick(WrapperWriter.all)
        lines = lines.flatMap { outer.wrap($0, &random) }
      }
    }
    let before = held
    held = []
    if lines.count > 1 && random.chance(interleaving) { held = [lines.removeLast()] }
    return lines + before
  }

  /// The line with a colour before each of its words.
  private func colored(_ line: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    return Array(
      words.map { word in
        let color = "\u{1B}[\(random.number(30...37))m"
        return Array(color.utf8) + word + Array((random.chance(500) ? "\u{1B}[0m" : "").utf8)
      }.joined(separator: [UInt8(ascii: " ")]))
  }

  private func wrapped(
    _ line: [UInt8], in wrappers: [WrapperWriter], _ random: inout RandomSource
  ) -> [[UInt8]] {
    wrappers.reduce([line]) { lines, wrapper in lines.flatMap { wrapper.wrap($0, &random) } }
  }
}
