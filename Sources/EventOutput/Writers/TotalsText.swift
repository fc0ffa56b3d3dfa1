import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The tables of the whole run at the end of text output.
struct TotalsText {
  /// The maximum length of a name, in bytes; longer names are truncated.
  private static let nameLimit = 256

  private let totals: TotalsReport
  private let encoding: TextEncoding
  private var lines: [UInt8] = []

  /// - Parameter ranked: the dimensions that are reported besides those that always are.
  init(_ totals: TotalsReport, ranked: DimensionSet, as encoding: TextEncoding) {
    self.totals = totals
    self.encoding = encoding
    for dimension in Dimension.reportOrder
    where dimension.profile.isAlwaysReported || ranked.contains(dimension) {
      addTable(dimension)
    }
    addMethods()
    addLatency()
  }

  /// The lines, each with its newline; none if there was no hit.
  var bytes: [UInt8] { totals.traffic.hits > 0 ? lines : [] }

  /// Adds the names of a dimension, their figures before them:
  /// `    hits   share      size   4xx   5xx     p95  section`.
  private mutating func addTable(_ dimension: Dimension) {
    let profile = dimension.profile
    let isTimed = totals.latency != nil && profile.reportFigures.contains(.latency)
    let hasErrors = profile.reportFigures.contains(.clientErrors)
    var header = ["hits", "share"]
    if hasErrors { header += ["size", "4xx", "5xx"] }
    if isTimed { header.append("p95") }
    let rows = totals.rankings[dimension].map { row in
      var cells = [count(row), share(row.hits)]
      if hasErrors {
        cells.append(ByteSizeText(bytes: row.bytes).text)
        cells += ["\(row.clientErrors)", "\(row.serverErrors)"]
      }
      if isTimed { cells.append(row.p95.map(latency) ?? "-") }
      return (cells, SafeString(row.name.bytes, limit: Self.nameLimit, as: encoding).text)
    }
    var title = "\(profile.name)"
    if dimension == .client { title += " (\(uniqueClients))" }
    add(header, title, rows)
  }

  private mutating func addMethods() {
    var rows: [([String], String)] = []
    totals.traffic.methods.forEachRanked { method, hits in
      rows.append((["\(hits)", share(hits)], method.name))
    }
    if !rows.isEmpty { add(["hits", "share"], "method", rows) }
  }

  private mutating func addLatency() {
    guard let figures = totals.latency else { return }
    let cells = [figures.p50, figures.p95, figures.p99, Double(figures.max)].map(latency)
    add(
      ["hits", "p50", "p95", "p99", "max"], "latency",
      [(["\(figures.count)"] + cells, "")])
  }

  private var uniqueClients: String {
    let clients = totals.uniqueClients
    return clients.error.map { "\(clients.count) ± \($0) in all" } ?? "\(clients.count) in all"
  }

  /// The hits of a name; an estimate as the range of the true value: `123..126`.
  private func count(_ row: RankedName) -> String {
    row.error > 0 ? "\(max(0, row.hits - row.error))..\(row.hits)" : "\(row.hits)"
  }

  private func share(_ hits: Int) -> String {
    let permille = (Double(hits) / Double(max(1, totals.traffic.hits)) * 1000).rounded()
    return "\(Int(permille) / 10).\(Int(permille) % 10)%"
  }

  private func latency(_ microseconds: Double) -> String {
    LatencyText.text(microseconds)
  }

  /// Adds a table: columns aligned at the right, then the names.
  private mutating func add(
    _ header: [String], _ title: String, _ rows: [(cells: [String], name: String)]
  ) {
    let widths = header.indices.map { column in
      rows.reduce(max(5, header[column].count)) { max($0, $1.cells[column].count) }
    }
    lines.append(UInt8(ascii: "\n"))
    add(header, widths, SafeString(Array(title.utf8), limit: Self.nameLimit, as: encoding).text)
    for row in rows { add(row.cells, widths, row.name) }
  }

  private mutating func add(_ cells: [String], _ widths: [Int], _ name: String) {
    for (cell, width) in zip(cells, widths) {
      lines += repeatElement(UInt8(ascii: " "), count: 2 + width - cell.count)
      lines += cell.utf8
    }
    if !name.isEmpty {
      lines += "  ".utf8
      lines += name.utf8
    }
    lines.append(UInt8(ascii: "\n"))
  }
}
