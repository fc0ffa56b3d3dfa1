/// What became of a line of a log.
package enum ModelLine: Equatable, Sendable {
  case hit(ModelHit)
  /// - Parameter reason: as in the end event.
  case rejected(reason: String)
  case ignored
}

/// A hit, with its name in every dimension.
package struct ModelHit: Equatable, Sendable {
  package var time: Int64
  package var bytes: Int64
  /// The name of the method; `nil` if the request has fewer than two words.
  package var method: String?
  /// In microseconds.
  package var latency: Int64?
  /// By dimension: `section`, `client`, `path` and so on.
  package var names: [String: [UInt8]]

  package init(
    time: Int64, bytes: Int64, method: String?, latency: Int64?, names: [String: [UInt8]]
  ) {
    (self.time, self.bytes, self.method) = (time, bytes, method)
    (self.latency, self.names) = (latency, names)
  }

  init(_ record: ModelRecord) {
    self.init(
      time: record.time, bytes: record.bytes, method: record.request.methodName,
      latency: record.extras.latency,
      names: ["section": record.request.section, "client": record.client])
    for dimension in ModelDimension.allCases {
      names[dimension.rawValue] = dimension.name(of: record)
    }
  }
}

extension ReferenceModel {
  /// What becomes of each line of a log that is read to its end, before clocks are judged, and the name
  /// of its format.
  package static func lines(
    _ bytes: [UInt8], options: ModelOptions
  ) -> (lines: [ModelLine], format: String?) {
    var reader = ModelLineReader(options, path: options.path)
    var judgements = splitIntoLines(bytes).flatMap { reader.read($0) }
    judgements += reader.end(countsPieces: true)
    let lines = judgements.map { judgement -> ModelLine in
      switch judgement {
      case .record(let record): .hit(ModelHit(record))
      case .rejected(let reason): .rejected(reason: reason.rawValue)
      default: .ignored
      }
    }
    return (lines, reader.formatName)
  }
}
