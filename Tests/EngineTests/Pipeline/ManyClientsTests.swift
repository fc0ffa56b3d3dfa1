import ReferenceModel
import Testing

/// Logs with more clients than are counted exactly.
@Suite struct ManyClientsTests {
  /// More than twice the number of names that are kept.
  private static let clients = 140_000

  /// A line for each client, and a second one for each tenth.
  private func log(perSecond: Int) -> [UInt8] {
    var text = ""
    for index in 0..<Self.clients + Self.clients / 10 {
      let time = 1_700_000_000 + index / perSecond
      let client = index < Self.clients ? index : (index - Self.clients) * 10
      let address = "10.\(client >> 16 & 255).\(client >> 8 & 255).\(client & 255)"
      text += "\"\(address)\",\"-\",\"-\",\(time),\"GET /a HTTP/1.0\",200,1\n"
    }
    return Array(text.utf8)
  }

  /// In one second, in two, and in ten, always in one interval.
  @Test func theNumberOfClientsDependsOnNothingButTheClients() throws {
    let options = ModelOptions()
    var counts: Set<[Int]> = []
    for perSecond in [1_000_000, 100_000, 15_400] {
      let bytes = log(perSecond: perSecond)
      let output = runProduct(bytes, options)
      var random = RandomSource(seed: 7)
      for greatest in [100_000, 1_000_000] {
        let chunks = (0..<2000).map { _ in random.number(1...greatest) }
        #expect(runProduct(bytes, options, chunks: chunks) == output, "\(perSecond) a second")
      }
      let intervals = try Figures(output).named("interval")
      let interval = try #require(intervals.first)
      #expect(intervals.count == 1)
      let count = try #require(interval["unique_clients"] as? Int)
      let error = try #require(interval["unique_clients_error"] as? Int)
      #expect(abs(count - Self.clients) <= error)
      counts.insert([count, error])
    }
    #expect(counts.count == 1)
  }
}
