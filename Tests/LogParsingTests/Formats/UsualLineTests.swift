import AccessLog
import LogParsing
import Testing

/// Lines that stand among usual ones of their format, which are read in a way of their own: what is made
/// of them does not depend on it.
@Suite struct UsualLineTests {
  /// The line cut off at each place, and with each byte left out, doubled, or replaced.
  private static func variants(of line: [UInt8]) -> [[UInt8]] {
    var variants: [[UInt8]] = []
    for place in line.indices {
      let (before, after) = (Array(line[..<place]), Array(line[(place + 1)...]))
      variants.append(before)
      variants.append(before + after)
      variants.append(before + [line[place], line[place]] + after)
      for byte in " /\"-.5x\t[".utf8 where byte != line[place] {
        variants.append(before + [byte] + after)
      }
    }
    return variants
  }

  @Test(arguments: FormatCatalog.all.map(\.name), [[], ReadLine.others])
  func aLineAmongUsualOnesIsReadLikeTheLastOne(name: String, others: [Dimension]) throws {
    let format = try #require(FormatCatalog.format(named: name))
    let usual = Array(format.example.utf8) + [0x0A]
    let read = ReadLine.all(in: usual, format: format, others: others)
    var hits = 0
    for line in Self.variants(of: Array(format.example.utf8)) {
      // Without a newline it is not taken for a usual one.
      let last = ReadLine.all(in: usual + line, format: format, others: others)
      let among = ReadLine.all(in: usual + line + [0x0A] + usual, format: format, others: others)
      let isHit = last.count > 1 && last[1].rejection == nil
      hits += isHit ? 1 : 0
      let expected = isHit ? last + read : read + last
      #expect(among == expected, "\(String(decoding: line, as: UTF8.self))")
    }
    #expect(hits > 0)
  }
}
