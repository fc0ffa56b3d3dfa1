import AccessLog

extension NDJSONWriter {
  /// What each listener has received, if there is one.
  func received(_ sources: [SourceSummary]) {
    let listeners = sources.filter { $0.listener != nil }
    guard !listeners.isEmpty else { return }
    json.raw(",\"received\":[")
    for (index, source) in listeners.enumerated() {
      guard let figures = source.listener else { continue }
      json.raw(index == 0 ? "{\"path\":" : ",{\"path\":")
      json.string(source.path)
      json.raw(figures.isTopic ? ",\"partitions\":" : ",\"peers\":")
      json.number(figures.peers)
      json.raw(",\"messages\":")
      json.number(figures.messages)
      if figures.isTopic {
        json.raw("}")
        continue
      }
      json.raw(",\"dropped_by_kernel\":")
      json.number(figures.droppedByKernel)
      json.raw(",\"dropped_here\":")
      json.number(figures.droppedHere)
      json.raw(",\"faulty_connections\":")
      json.number(figures.faultyConnections)
      json.raw(",\"displaced\":")
      json.number(figures.displaced)
      json.raw("}")
    }
    json.raw("]")
  }
}
