import AccessLog

/// Bytes of a line, followed by at least `LineBytes.padding` more that can be read.
struct TextRange {
  var start: UnsafePointer<UInt8>
  var count: Int
}

/// What a format found in a line that is a hit.
struct LineFacts {
  var time: EpochSecond
  var status: StatusClass
  /// Response bytes.
  var bytes: Int64
  /// With its escapes resolved.
  var request: TextRange
  var client: TextRange
}

extension LineFacts {
  /// Adds the record to the batch, named in each dimension.
  @inline(__always)
  func addRecord(to batch: RecordBatch) {
    let request = RequestLine(self.request)
    let names = PerDimension<NameSpan> { name(in: $0, request, batch) }
    batch.add(
      Record(time: time, bytes: bytes, names: names, status: status, method: request.method))
  }

  /// What the record is called in a dimension: the one place that knows.
  @inline(__always)
  private func name(
    in dimension: Dimension, _ request: RequestLine, _ batch: RecordBatch
  ) -> NameSpan {
    switch dimension {
    case .section: request.addSection(to: batch)
    case .client: batch.add(name: client.start, count: client.count)
    }
  }
}
