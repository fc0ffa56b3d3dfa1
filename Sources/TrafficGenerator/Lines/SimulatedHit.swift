import AccessLog

/// A simulated request with its response.
struct SimulatedHit {
  var time: EpochSecond
  var host: [UInt8]
  var client: [UInt8]
  var user: [UInt8]
  var method: [UInt8]
  var target: [UInt8]
  var version: [UInt8]
  var status: Int
  /// The size of the response body; nil if there is none.
  var bytes: Int?
  var referer: [UInt8]
  var agent: [UInt8]
}
