/// The method of a request, and the status and size of its response.
struct SimulatedResponse {
  var method: [UInt8]
  var status: Int
  /// The size of the body; nil if there is none.
  var bytes: Int?

  init(to page: Site.Page, random: UInt64, isSurge: Bool) {
    let kind = page.kind.rawValue
    method = Self.methods[kind][Int(random & 15)]
    let table = isSurge ? Self.surgeStatuses : Self.statuses
    status = Self.codes[table[kind].draw(random >> 4)]
    let spread = Int(random >> 16 & 0xFFFF)
    switch status {
    case 204, 304: bytes = nil
    case 400...: bytes = 160 + spread % 400
    default: bytes = page.size / 2 + page.size * spread / 0xFFFF
    }
    if method == Self.head { bytes = nil }
  }

  private static let head = Array("HEAD".utf8)

  /// Sixteen methods for each kind of page, to draw one from.
  private static let methods: [[[UInt8]]] = [
    repeated(["HEAD": 1, "GET": 15]), repeated(["GET": 16]),
    repeated(["POST": 4, "PUT": 1, "DELETE": 1, "GET": 10]), repeated(["POST": 11, "GET": 5]),
  ]

  private static func repeated(_ shares: KeyValuePairs<String, Int>) -> [[UInt8]] {
    shares.flatMap { repeatElement(Array($0.key.utf8), count: $0.value) }
  }

  private static let codes = [200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 500, 502, 503]

  /// The weights of the status codes for each kind of page in ordinary traffic.
  private static let statuses = [
    [930, 0, 0, 0, 10, 20, 10, 2, 0, 3, 20, 3, 1, 1],
    [700, 0, 0, 20, 0, 0, 260, 0, 0, 0, 20, 0, 0, 0],
    [880, 30, 20, 0, 0, 0, 10, 15, 15, 5, 10, 10, 3, 2],
    [450, 0, 0, 0, 0, 430, 0, 15, 80, 15, 5, 3, 1, 1],
  ].map { WeightedTable(weights: $0, bits: 10) }

  /// The weights of the status codes for each kind of page in a surge, which the site cannot handle.
  private static let surgeStatuses = [
    [880, 0, 0, 0, 10, 20, 10, 2, 0, 3, 20, 15, 10, 30],
    [700, 0, 0, 20, 0, 0, 250, 0, 0, 0, 20, 0, 0, 10],
    [790, 20, 10, 0, 0, 0, 10, 15, 15, 15, 10, 35, 20, 60],
    [300, 0, 0, 0, 0, 200, 0, 15, 400, 45, 5, 10, 5, 20],
  ].map { WeightedTable(weights: $0, bits: 10) }
}
