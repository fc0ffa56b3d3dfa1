// What grew when an alert triggered: for each kind of name, the hits of the window compared with those
// of the ten minutes before it, counted again from all records for every alert.

/// The value of `changes` in the event of an alert that triggers at a second.
func changesJSON(_ records: [ModelRecord], at second: Int64, window: Int64) -> String {
  let start = saturatingSum(second, -window)
  let earliest = saturatingSum(start, -600)
  let now = records.filter { $0.time > start && $0.time <= second }
  let before = records.filter { $0.time > earliest && $0.time <= start }
  let kinds: [(String, (ModelRecord) -> [UInt8])] = [
    ("section", { $0.request.section }), ("client", { $0.client }), ("status", statusText),
  ]
  let rows = kinds.flatMap { kind, name in
    growth(now: now.map(name), before: before.map(name), window: window).map { row in
      "{\"dimension\":\"\(kind)\",\"name\":\(jsonString(row.name)),"
        + "\"before\":\(shortDecimal(hundredths(hits: row.before, seconds: 600))),"
        + "\"now\":\(shortDecimal(hundredths(hits: row.now, seconds: window)))}"
    }
  }
  return "[\(rows.joined(separator: ","))]"
}

/// The three names whose rate grew most, with their hits in both spans.
private func growth(
  now: [[UInt8]], before: [[UInt8]], window: Int64
) -> [(name: [UInt8], before: Int, now: Int)] {
  let nowByName = Dictionary(grouping: now) { $0 }.mapValues(\.count)
  let beforeByName = Dictionary(grouping: before) { $0 }.mapValues(\.count)
  var grown: [(growth: Int, name: [UInt8])] = []
  for name in Set(now + before) {
    let growth = nowByName[name, default: 0] * 600 - beforeByName[name, default: 0] * Int(window)
    if growth > 0 { grown.append((growth, name)) }
  }
  grown.sort { a, b in
    a.growth == b.growth ? a.name.lexicographicallyPrecedes(b.name) : a.growth > b.growth
  }
  return grown.prefix(3).map {
    ($0.name, beforeByName[$0.name, default: 0], nowByName[$0.name, default: 0])
  }
}
