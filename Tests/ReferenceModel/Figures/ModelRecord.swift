/// A line that passed every check that does not depend on other lines.
struct ModelRecord: Equatable {
  var time: Int64
  var client: [UInt8]
  var request: ModelRequest
  /// `nil` for `-`.
  var status: Int?
  var bytes: Int64
  var extras = ModelExtras()
  /// The name that a wrapper gives, or that of the input.
  var source: [UInt8] = []
  /// Whether it counts: a filter leaves it out of every figure, but not out of the course of time.
  var passes = true
}

/// What a line may say besides. A text that is empty, or that a line does not have, is `-`.
struct ModelExtras: Equatable {
  /// The virtual host, without a port.
  var host: [UInt8] = []
  var user: [UInt8] = []
  var referrer: [UInt8] = []
  var agent: [UInt8] = []
  /// The time to answer in microseconds, rounded down; `nil` if the line does not have it.
  var latency: Int64?
}

/// Why a line is rejected: the first reason that applies, in this order.
enum ModelRejection: String, CaseIterable {
  case oversize, shape, time, status, bytes, future
}

/// How a line was judged.
enum Judgement: Equatable {
  case record(ModelRecord)
  case rejected(ModelRejection)
  /// Names of the columns of the lines after it.
  case header([[UInt8]])
  /// Neither a record nor wrong, and no sign of a format.
  case ignored
}

/// The unparsed fields of a line with the right shape.
struct RawFields {
  var client: [UInt8]
  var time: Int64?
  var request: ModelRequest
  var status: [UInt8]
  var bytes: [UInt8]
  var extras = ModelExtras()

  /// The result of checking time, status and bytes, in that order.
  var judgement: Judgement {
    guard let time else { return .rejected(.time) }
    var statusNumber: Int?
    if status != Array("-".utf8) {
      guard status.count == 3, let number = wholeNumber(status) else { return .rejected(.status) }
      statusNumber = Int(number)
    }
    var byteNumber: Int64 = 0
    if bytes != Array("-".utf8) {
      guard let number = wholeNumber(bytes) else { return .rejected(.bytes) }
      byteNumber = number
    }
    return .record(
      ModelRecord(
        time: time, client: client, request: request, status: statusNumber, bytes: byteNumber,
        extras: extras))
  }
}
