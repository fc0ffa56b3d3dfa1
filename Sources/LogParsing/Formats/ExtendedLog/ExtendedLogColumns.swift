import AccessLog

/// The columns of an extended log file, as its directive `#Fields:` names them.
struct ExtendedLogColumns: Equatable, Sendable {
  /// The columns that are read.
  enum Column: Int8, CaseIterable {
    case date, time, client, method, target, query, status, bytes, latency, host, user, referrer
    case agent
  }

  /// The names of columns in lower case, with those of one column in order of precedence. The prefixes
  /// are those of the standard; `cs-uri-path` is that of proxies for `cs-uri-stem`, and `bytes` that of
  /// Tomcat for `sc-bytes`.
  private static let names: [(name: String, column: Column)] = [
    ("date", .date), ("time", .time), ("c-ip", .client), ("cs-method", .method),
    ("cs-uri-stem", .target), ("cs-uri-path", .target), ("cs-uri", .target),
    ("cs-uri-query", .query),
    ("sc-status", .status), ("sc-bytes", .bytes), ("bytes", .bytes), ("time-taken", .latency),
    ("cs-host", .host), ("x-host-header", .host), ("cs(host)", .host), ("cs-username", .user),
    ("cs(referer)", .referrer), ("cs(referrer)", .referrer), ("cs(user-agent)", .agent),
  ]

  /// The column at each position, as a raw value of `Column`; -1 for other columns.
  let kinds: [Int8]
  /// Whether lines may have more or fewer columns at the end, as long as they have those that are
  /// read.
  private(set) var isOpenEnded = false
  /// Whether Amazon CloudFront writes these columns: its user agents are percent-encoded, and its
  /// times are in seconds.
  let isCloudFront: Bool
  /// Whether lines have all that a record needs.
  let isSufficient: Bool

  /// - Parameter names: the names of the columns, separated by spaces or tabs.
  init(_ names: TextRange) {
    var kinds: [Int8] = []
    var isCloudFront = false
    /// The precedence and the position of what was found so far.
    var found: [Column: (rank: Int, position: Int)] = [:]
    for word in names.bytes.split(whereSeparator: { $0 == .space || $0 == .tab }) {
      let name = String(decoding: word, as: UTF8.self).lowercased()
      kinds.append(-1)
      if name == "x-edge-location" { isCloudFront = true }
      guard let rank = Self.names.firstIndex(where: { $0.name == name }) else { continue }
      let column = Self.names[rank].column
      if let former = found[column] {
        guard rank < former.rank else { continue }
        kinds[former.position] = -1
      }
      found[column] = (rank, kinds.count - 1)
      kinds[kinds.count - 1] = column.rawValue
    }
    self.kinds = kinds
    self.isCloudFront = isCloudFront
    isSufficient = [Column.date, .time, .client, .status].allSatisfy { found[$0] != nil }
  }

  private init(constant names: StaticString, isOpenEnded: Bool) {
    let text = TextRange(constant: names)
    // Only the kinds of the columns are kept.
    defer { text.start.deallocate() }
    self.init(text)
    self.isOpenEnded = isOpenEnded
  }

  /// The columns that IIS writes unless it is told otherwise.
  static let iis = ExtendedLogColumns(
    constant: """
      date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) \
      cs(Referer) sc-status sc-substatus sc-win32-status time-taken
      """, isOpenEnded: false)

  /// The columns of CloudFront's standard logs up to the last one that is read. It has appended more
  /// of them over the years.
  static let cloudFront = ExtendedLogColumns(
    constant: """
      date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) \
      cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header \
      cs-protocol cs-bytes time-taken
      """, isOpenEnded: true)

  /// Whether lines begin with a date and a time.
  var beginsWithTime: Bool {
    kinds.starts(with: [Column.date.rawValue, Column.time.rawValue])
  }

  /// Whether a line may have that number of columns.
  func accepts(_ count: Int) -> Bool {
    isOpenEnded ? count >= kinds.count : count == kinds.count
  }
}
