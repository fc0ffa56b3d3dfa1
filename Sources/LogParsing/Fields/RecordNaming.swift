import AccessLog

/// The fields of a line that is a hit.
struct LineFacts {
  var time: EpochSecond
  var status: StatusCode
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
    let names = PerDimension<NameID> { id(in: $0, request, batch) }
    batch.add(
      Record(
        time: time, bytes: bytes, names: names, status: status.statusClass, method: request.method))
  }

  /// The name of the record in a dimension. A new dimension is a case here.
  @inline(__always)
  private func id(in dimension: Dimension, _ request: RequestLine, _ batch: RecordBatch) -> NameID {
    switch dimension {
    case .section:
      let section = request.section
      return batch.id(of: section.start, count: section.count, in: .section)
    case .client: return batch.id(of: client.start, count: client.count, in: .client)
    case .status: return batch.id(of: status)
    }
  }
}
