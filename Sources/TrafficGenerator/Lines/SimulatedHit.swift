import AccessLog

/// One simulated request, all of it known.
struct SimulatedHit {
  var time: EpochSecond
  var host: [UInt8]
  var client: [UInt8]
  var user: [UInt8]
  var method: [UInt8]
  var target: [UInt8]
  var version: [UInt8]
  var status: Int
  /// `nil` where no body was sent.
  var bytes: Int?
  var referer: [UInt8]
  var agent: [UInt8]
}
