import ReferenceModel
import Testing

/// Logs with more names than are kept, as any client can cause: totals stay exact.
@Suite struct ManyNamesTests {
  /// One line in a hundred requests `/hot`; every other has a path and a client of its own.
  private func log(names: Int, perSecond: Int, padding: Int) -> [UInt8] {
    var text = ""
    let padding = String(repeating: "p", count: padding)
    for index in 0..<names {
      let time = 1_700_000_000 + index / perSecond
      let path = index % 100 == 0 ? "/hot/a" : "/\(index)\(padding)/a"
      let client = "10.\(index >> 16 & 255).\(index >> 8 & 255).\(index & 255)"
      text += "\"\(client)\",\"-\",\"-\",\(time),\"GET \(path) HTTP/1.0\",200,1\n"
    }
    return Array(text.utf8)
  }

  /// More names, or more bytes of names, than are kept.
  @Test(arguments: [(260_000, 26_000, 0), (20_000, 20_000, 2000), (20_000, 2000, 2000)])
  func totalsAreExactAndTheFrequentOneIsFound(
    names: Int, perSecond: Int, padding: Int
  ) throws {
    let bytes = log(names: names, perSecond: perSecond, padding: padding)
    let figures = try Runner.product.figures(bytes: bytes)
    #expect(figures.hits == names)
    let interval = try #require(
      figures.named("interval").max { left, right in
        (left["hits"] as? Int ?? 0) < (right["hits"] as? Int ?? 0)
      })
    #expect(interval["hits"] as? Int == names)
    let sections = try #require(interval["sections"] as? [[String: Any]])
    let hot = try #require(sections.first)
    #expect(hot["name"] as? String == "/hot")
    // The error bounds what was dropped.
    let (hits, error) = (hot["hits"] as? Int ?? 0, hot["error"] as? Int ?? 0)
    #expect(hits >= names / 100 && hits - error <= names / 100)
    #expect(sections.dropFirst().contains { $0["error"] as? Int ?? 0 > 0 })
    var random = RandomSource(seed: 7)
    let chunks = (0..<2000).map { _ in random.number(1...50_000) }
    let options = ModelOptions()
    #expect(runProduct(bytes, options, chunks: chunks) == runProduct(bytes, options))
  }
}
