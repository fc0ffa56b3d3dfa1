import Foundation
import ReceiverKit
import Testing

/// A real store on loopback that takes the Influx line protocol.
final class TimeSeriesStore {
  enum Kind: String, CaseIterable, Sendable { case victoriaMetrics, influxDB }

  /// Whether the stores are installed, or must be because the environment demands complete checks.
  static let areExpected = Receiver.areExpected(
    "/usr/bin/victoria-metrics", "/usr/bin/influxd", Receiver.python)

  let kind: Kind
  let port: Int
  private let folder: ReceiverKit.Folder
  private var process: Receiver?

  init(_ kind: Kind) throws {
    self.kind = kind
    folder = try ReceiverKit.Folder()
    port = try Receiver.freePort()
    let settings = ["meta", "data", "wal-dir = \"\(folder.path("wal"))\""]
    try folder.write(
      """
      reporting-disabled = true
      bind-address = "127.0.0.1:\(try Receiver.freePort())"
      [meta]
        dir = "\(folder.path(settings[0]))"
      [data]
        dir = "\(folder.path(settings[1]))"
        \(settings[2])
      [http]
        bind-address = "127.0.0.1:\(port)"
        log-enabled = false
      [monitor]
        store-enabled = false

      """, to: "influxd.conf")
    try folder.write(
      """
      import sys, urllib.parse, urllib.request
      fields = urllib.parse.urlencode([tuple(field.split('=', 1)) for field in sys.argv[2:]])
      request = urllib.request.Request(sys.argv[1], data=fields.encode() or None)
      sys.stdout.write(urllib.request.urlopen(request).read().decode())

      """, to: "ask.py")
  }

  /// Where points are written to.
  var url: String {
    "http://127.0.0.1:\(port)/write" + (kind == .influxDB ? "?db=web" : "")
  }

  func start() throws {
    // Tests block signals, and the stores would inherit that.
    let free = ["/usr/bin/env", "--default-signal=TERM"]
    switch kind {
    case .victoriaMetrics:
      let options = [
        "-httpListenAddr=127.0.0.1:PORT", "-storageDataPath=FOLDER/data", "-retentionPeriod=100y",
      ]
      process = try Receiver(
        free + ["/usr/bin/victoria-metrics"] + options, in: folder, port: port)
    case .influxDB:
      process = try Receiver(
        free + ["/usr/bin/influxd", "run", "-config", "FOLDER/influxd.conf"], in: folder,
        port: port)
      _ = try ask("query", ["q=CREATE DATABASE web"])
    }
  }

  /// Ends the store in order. What it has accepted is there when it is started again.
  func stop() {
    process?.terminate()
    process = nil
  }

  /// Posts a form, and returns the answer.
  private func ask(_ path: String, _ fields: [String] = []) throws -> String {
    let words = ["http://127.0.0.1:\(port)/\(path)"] + fields
    let quoted = words.map { "'" + $0.replacing("'", with: #"'\''"#) + "'" }
    return try poll("\(kind) answers") {
      let ended = try Ended.running(
        "\(Receiver.python) '\(folder.path("ask.py"))' \(quoted.joined(separator: " "))")
      return ended.status == 0 ? ended.output : nil
    }
  }

  private func json(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: - Queries

  /// The rows that a query of the store's language finds, each a value by column or label.
  ///
  /// - Parameter time: when it is asked, in epoch seconds.
  func rows(_ query: String, at time: Int) throws -> [[String: Any]] {
    switch kind {
    case .victoriaMetrics:
      _ = try ask("internal/force_flush")
      let answer = try json(ask("api/v1/query", ["query=" + query, "time=\(time)"]))
      let data = try #require(answer["data"] as? [String: Any])
      return (data["result"] as? [[String: Any]] ?? []).map { result in
        var row = result["metric"] as? [String: Any] ?? [:]
        row["value"] = (result["value"] as? [Any])?.last.map { Double("\($0)") ?? .nan }
        return row
      }
    case .influxDB:
      let now = "'\(Date(timeIntervalSince1970: Double(time)).ISO8601Format())'"
      let answer = try json(
        ask("query?db=web&epoch=s", ["q=" + query.replacing("now()", with: now)]))
      let results = answer["results"] as? [[String: Any]] ?? []
      let series = results.flatMap { $0["series"] as? [[String: Any]] ?? [] }
      return series.flatMap { series -> [[String: Any]] in
        let columns = series["columns"] as? [String] ?? []
        let tags = series["tags"] as? [String: Any] ?? [:]
        let rows = series["values"] as? [[Any]] ?? []
        return rows.map { values in tags.merging(zip(columns, values)) { $1 } }
      }
    }
  }

  /// All points of the store.
  func points() throws -> StoredPoints {
    var points = StoredPoints()
    switch kind {
    case .victoriaMetrics:
      _ = try ask("internal/force_flush")
      let lines = try ask("api/v1/export", [#"match[]={__name__=~"lm2000_.*"}"#])
      for line in lines.split(separator: "\n") {
        let series = try json(line)
        let tags = series["metric"] as? [String: String] ?? [:]
        let field = (tags["__name__"] ?? "").trimmingPrefix("lm2000_")
        let times = series["timestamps"] as? [Int] ?? []
        for (time, value) in zip(times, series["values"] as? [Double] ?? []) {
          points.add(String(field), tags, time / 1_000, value)
        }
      }
    case .influxDB:
      for row in try rows("SELECT * FROM lm2000", at: 0) {
        let tags = row.compactMapValues { $0 as? String }
        for (field, value) in row where field != "time" && tags[field] == nil {
          guard let value = value as? Double else { continue }
          points.add(field, tags, row["time"] as? Int ?? 0, value)
        }
      }
    }
    return points
  }
}
