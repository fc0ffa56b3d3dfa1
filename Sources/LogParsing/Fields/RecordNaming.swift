import AccessLog

/// The fields of a line that is a hit.
struct LineFacts {
  var time: EpochSecond
  var status: StatusCode
  /// Response bytes.
  var bytes: Int64
  /// Without escapes.
  var request: RequestLine
  /// As `ClientName` finds it.
  var client: TextRange
}

/// What a line may say besides. Formats fill in only what `ParsingOptions` asks for; a text that is
/// empty, or that the line does not have, counts as `-`.
struct LineExtras {
  /// The virtual host, perhaps with a port.
  var host: TextRange
  var user: TextRange
  var referrer: TextRange
  /// The user agent.
  var agent: TextRange
  /// The time to answer, in microseconds; negative if the line does not have it.
  var latency = FactColumns.noLatency
  /// What follows the first `?` of the target, where it is a field of its own.
  var query: TextRange

  /// Nothing so far.
  init() {
    let absent = TextRange.absent
    (host, user, referrer, agent, query) = (absent, absent, absent, absent, absent)
  }
}

extension TextRange {
  /// A text that a line does not have.
  nonisolated(unsafe) static let absent = TextRange(constant: "")
}

extension LineFacts {
  /// Adds the record to the batch, with its name in each dimension, and finds out which conditions it
  /// satisfies.
  @inline(__always)
  func addRecord(to batch: RecordBatch) {
    if batch.wantsMore { return addFullRecord(LineExtras(), to: batch) }
    add(to: batch)
  }

  /// The same for a line whose names stand in the block as they are, and a batch that wants no more: the
  /// names are found later. (See `RecordBatch.resolveNames`)
  @inline(__always)
  func addUsualRecord(to batch: RecordBatch) {
    let section = request.section
    let none = NameID(value: 0)
    let names = CommonNames(section: none, client: none, status: batch.id(of: status))
    batch.add(
      Record(
        time: time, bytes: bytes, names: names, status: status.statusClass, method: request.method),
      section: (section.start, section.count), client: (client.start, client.count))
  }

  /// The same with a latency. (`LineExtras`)
  @inline(__always)
  func addUsualRecord(latency: Int64, to batch: RecordBatch) {
    if latency >= 0 { batch.setLatency(min(latency, LatencyScale.greatest)) }
    addUsualRecord(to: batch)
  }

  /// The same for a line that may say more.
  @inline(__always)
  func addRecord(_ extras: LineExtras, to batch: RecordBatch) {
    if batch.wantsMore { return addFullRecord(extras, to: batch) }
    addRecord(latency: extras.latency, to: batch)
  }

  @inline(never)
  private func addFullRecord(_ extras: LineExtras, to batch: RecordBatch) {
    var isFilteredOut = false
    if let state = batch.evaluatorState {
      let conditions = state.assumingMemoryBound(to: LineConditions.self)
      isFilteredOut = !conditions.pointee.passes(self, extras, in: batch)
    }
    if batch.wantsOthers { addNames(extras, to: batch) }
    if extras.latency >= 0 { batch.setLatency(min(extras.latency, LatencyScale.greatest)) }
    add(to: batch, isFilteredOut: isFilteredOut)
  }

  /// The same for a batch that wants no more than that.
  ///
  /// - Parameter latency: see `LineExtras`.
  @inline(__always)
  func addRecord(latency: Int64, to batch: RecordBatch) {
    if latency >= 0 { batch.setLatency(min(latency, LatencyScale.greatest)) }
    add(to: batch)
  }

  @inline(__always)
  private func add(to batch: RecordBatch, isFilteredOut: Bool = false) {
    let section = request.section
    let names = CommonNames(
      section: batch.id(of: section.start, count: section.count, in: .section),
      client: batch.id(of: client.start, count: client.count, in: .client),
      status: batch.id(of: status))
    var record = Record(
      time: time, bytes: bytes, names: names, status: status.statusClass, method: request.method)
    record.isFilteredOut = isFilteredOut
    batch.add(record)
  }

  /// Adds the names in the wanted dimensions that are not common. A new dimension is a case here.
  private func addNames(_ extras: LineExtras, to batch: RecordBatch) {
    let wanted = batch.wantedDimensions
    if wanted.contains(.path) { batch.addName(request.path, in: .path) }
    if wanted.contains(.host) {
      batch.addName(extras.host.isEmpty ? .absent : ClientName.withoutPort(extras.host), in: .host)
    }
    if wanted.contains(.user) { batch.addName(extras.user, in: .user) }
    if wanted.contains(.referrer) { batch.addName(extras.referrer, in: .referrer) }
    if wanted.contains(.agent) { batch.addName(extras.agent, in: .agent) }
    if wanted.contains(.source) { batch.addName(batch.source) }
  }
}

extension RecordBatch {
  /// Adds a name to the row of the next hit.
  @inline(__always)
  fileprivate func addName(_ name: TextRange, in dimension: Dimension) {
    if name.count == 0 || (name.count == 1 && name.start[0] == .hyphen) {
      return addName(idOfHyphen(in: dimension))
    }
    addName(id(of: name.start, count: name.count, in: dimension))
  }

  /// Adds the path of a request to the row of the next hit.
  fileprivate func addName(_ path: RequestPath, in dimension: Dimension) {
    guard path.hasParameters else { return addName(path.text, in: dimension) }
    let needed = path.text.count + LineBytes.padding
    if nameBytes.count < needed { nameBytes = [UInt8](repeating: 0, count: needed) }
    nameBytes.withUnsafeMutableBufferPointer { buffer in
      // Not empty: it has room for the padding.
      let count = path.writeWithoutParameters(to: buffer.baseAddress!)
      addName(id(of: buffer.baseAddress!, count: count, in: dimension))
    }
  }
}
