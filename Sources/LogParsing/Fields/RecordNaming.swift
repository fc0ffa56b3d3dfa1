import AccessLog

/// The fields of a line that is a hit.
struct LineFacts {
  var time: EpochSecond
  var status: StatusClass
  /// The status as it is written: three digits or `-`.
  var statusCode: TextRange
  /// Response bytes.
  var bytes: Int64
  /// Without escapes.
  var request: TextRange
  /// As `ClientName` finds it.
  var client: TextRange
}

extension LineFacts {
  /// Adds the record to the batch, with its name in each dimension.
  @inline(__always)
  func addRecord(to batch: RecordBatch) {
    let request = RequestLine(self.request)
    let names = PerDimension<NameRange> { name(in: $0, request, batch) }
    batch.add(
      Record(time: time, bytes: bytes, names: names, status: status, method: request.method))
  }

  /// The name of the record in a dimension. A new dimension is a case here.
  @inline(__always)
  private func name(
    in dimension: Dimension, _ request: RequestLine, _ batch: RecordBatch
  ) -> NameRange {
    switch dimension {
    case .section: request.addSection(to: batch)
    case .client: batch.add(paddedName: client.start, count: client.count)
    case .status:
      // A constant length makes copying and hashing cheap.
      statusCode.count == 3
        ? batch.add(paddedName: statusCode.start, count: 3)
        : batch.add(paddedName: statusCode.start, count: statusCode.count)
    }
  }
}
