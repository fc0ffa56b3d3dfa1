// The rankings of hits, and their latencies, as JSON.

/// `"paths":[...],"hosts":[...]`, each after a comma: the rows of the dimensions that are asked for.
func otherRankings(_ hits: [ModelRecord], options: ModelOptions) -> String {
  ModelDimension.allCases.filter { options.ranks.contains($0.rawValue) }.map { dimension in
    ",\"\(dimension.key)\":[\(rows(hits, top: options.top) { dimension.name(of: $0) })]"
  }.joined()
}

/// The rows of a ranking.
///
/// - Parameter name: the name of a hit.
func rows(_ hits: [ModelRecord], top: Int, name: (ModelRecord) -> [UInt8]) -> String {
  let byName = Dictionary(grouping: hits, by: name)
  let rows = ranking(hits.map(name)).prefix(top).map { row in
    let ofName = byName[row.name]!
    let clientErrors = ofName.filter { statusClass($0.status) == "4xx" }.count
    let serverErrors = ofName.filter { statusClass($0.status) == "5xx" }.count
    let p95 = nearestRank(95, of: ofName).map { ",\"p95\":\(secondsText($0))" } ?? ""
    return "{\"name\":\(jsonString(row.name)),\"hits\":\(row.hits),"
      + "\"bytes\":\(byteSum(ofName)),\"client_errors\":\(clientErrors),"
      + "\"server_errors\":\(serverErrors)\(p95)}"
  }
  return rows.joined(separator: ",")
}

func clientRows(_ hits: [ModelRecord], top: Int) -> String {
  ranking(hits.map(\.client)).prefix(top)
    .map { "{\"name\":\(jsonString($0.name)),\"hits\":\($0.hits)}" }
    .joined(separator: ",")
}

/// The names by descending number of occurrences, then bytewise by name.
func ranking(_ names: [[UInt8]]) -> [(name: [UInt8], hits: Int)] {
  Dictionary(grouping: names) { $0 }
    .map { (name: $0.key, hits: $0.value.count) }
    .sorted { a, b in
      a.hits != b.hits ? a.hits > b.hits : a.name.lexicographicallyPrecedes(b.name)
    }
}

/// `,"latency":{...}`; empty if no hit has one.
func latencyJSON(_ hits: [ModelRecord]) -> String {
  let latencies = hits.compactMap(\.extras.latency)
  guard let greatest = latencies.max() else { return "" }
  let percentiles = [50, 95, 99].map { share in
    "\"p\(share)\":\(secondsText(nearestRank(share, of: hits) ?? 0))"
  }
  return ",\"latency\":{\"count\":\(latencies.count),\(percentiles.joined(separator: ",")),"
    + "\"max\":\(secondsText(greatest))}"
}

/// The smallest latency that at least a share of all, in percent, do not exceed; `nil` without any.
private func nearestRank(_ share: Int, of hits: [ModelRecord]) -> Int64? {
  let sorted = hits.compactMap(\.extras.latency).sorted()
  return sorted.isEmpty ? nil : sorted[(share * sorted.count + 99) / 100 - 1]
}

/// Microseconds as seconds, with as few decimals as possible.
func secondsText(_ microseconds: Int64) -> String {
  let fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
  var text = "\(microseconds / 1_000_000).\(fraction)"
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}
