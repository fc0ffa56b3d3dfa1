import AccessLog

/// Records of the same time that have just arrived, until it is known what becomes of them.
struct Arrival: Sendable {
  enum Content: Sendable {
    /// A record of a log.
    case hit(Hit)
    /// A second of a report.
    indirect case second(ReportedSecond)
    /// Late hits of a report. They share what becomes of the second that closed with them.
    indirect case late(LateReport)
  }

  var content: Content
  var time: EpochSecond
  /// The number of the last of their lines in their source.
  var line: Int
  /// The number of records that move time: 0 for late hits of a report.
  var weight: Int

  init(_ hit: Hit, line: Int) {
    content = .hit(hit)
    time = hit.time
    self.line = line
    weight = 1
  }

  init(_ second: ReportedSecond, line: Int) {
    content = .second(second)
    time = second.figures.second
    self.line = line
    weight = second.hits
  }

  /// - Parameter time: the last second that closed with them.
  init(_ late: LateReport, at time: EpochSecond, line: Int) {
    content = .late(late)
    self.time = time
    self.line = line
    weight = 0
  }

  /// The number of its lines.
  var lines: Int { if case .late(let late) = content { late.hits } else { weight } }
}

extension Arrival {
  func markNames(_ marks: inout NameMarks, _ ranked: CountedFacts) {
    switch content {
    case .hit(let hit): marks.add(hit, ranked)
    case .second(let second): marks.add(second.figures)
    case .late(let late): marks.add(late.figures)
    }
  }

  mutating func renumber(_ newIDs: NameIDMap, _ ranked: CountedFacts) {
    switch content {
    case .hit(var hit):
      hit.renumber(newIDs, ranked.others)
      content = .hit(hit)
    case .second(var second):
      second.figures.renumber(newIDs)
      content = .second(second)
    case .late(var late):
      late.figures.renumber(newIDs)
      content = .late(late)
    }
  }
}

extension RejectedLine {
  /// A record rejected because its time is too far ahead.
  init(_ arrival: Arrival) {
    self.init(number: arrival.line, rejection: .future)
    time = arrival.time
  }
}
