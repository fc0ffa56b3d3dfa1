/// A line that passed every check that does not depend on other lines.
struct ModelRecord: Equatable {
  var time: Int64
  var client: [UInt8]
  var request: [UInt8]
  /// `nil` for `-`.
  var status: Int?
  var bytes: Int64
}

/// Why a line is rejected: the first reason that applies, in this order.
enum ModelRejection: String, CaseIterable {
  case oversize, shape, time, status, bytes, future
}

/// How a line was judged.
enum Judgement: Equatable {
  case record(ModelRecord)
  case rejected(ModelRejection)
  /// Names of the columns, in lower case.
  case header([[UInt8]])
}

/// The unparsed fields of a line with the right shape.
struct RawFields {
  var client: [UInt8]
  var time: Int64?
  var request: [UInt8]
  var status: [UInt8]
  var bytes: [UInt8]

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
        time: time, client: client, request: request, status: statusNumber, bytes: byteNumber))
  }
}
