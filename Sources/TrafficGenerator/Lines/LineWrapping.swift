/// Puts wrappers around the lines of a simulated log, which come from three servers by turns.
///
/// It draws numbers of its own, so that the lines inside are those of the log without wrappers.
struct LineWrapping: Sendable {
  /// The outermost one first.
  private let wrappers: [LineWrapper]
  private var random: SplitMix64
  private var stamps: WrapperStamps
  /// The line with the wrappers so far, without a line end.
  private var wrapped: [UInt8] = []
  private var inner: [UInt8] = []

  /// - Parameter zone: the offset of the log's time zone from UTC, in minutes.
  init(_ wrappers: [LineWrapper], seed: UInt64, zone: Int) {
    self.wrappers = wrappers
    random = SplitMix64(seed: ~seed)
    stamps = WrapperStamps(zone: zone)
  }

  var isEmpty: Bool { wrappers.isEmpty }

  /// Appends a line with its wrappers, line end included.
  ///
  /// - Parameters:
  ///   - line: the line without a line end.
  ///   - moment: when it is written.
  mutating func append(_ line: ArraySlice<UInt8>, at moment: WrittenMoment, to log: inout [UInt8]) {
    let bits = random.next()
    // Half of the lines are from the first server.
    let server = WrappedServer.all[[0, 0, 1, 2][Int(bits & 3)]]
    stamps.set(moment, random: bits >> 2)
    wrapped.removeAll(keepingCapacity: true)
    wrapped += line
    for wrapper in wrappers.reversed() {
      swap(&wrapped, &inner)
      wrapped.removeAll(keepingCapacity: true)
      wrap(in: wrapper, of: server)
    }
    log += wrapped
    log.append(UInt8(ascii: "\n"))
  }

  /// Writes `inner` into `wrapped` with a wrapper around it.
  private mutating func wrap(in wrapper: LineWrapper, of server: WrappedServer) {
    switch wrapper {
    case .syslog: put(stamps.traditional, " ", server.host, " nginx: ")
    case .syslogISO: put(stamps.microseconds, " ", server.host, " nginx: ")
    case .syslog5424: put("<190>1 ", stamps.microseconds, " ", server.host, " nginx - - - ")
    case .cri: put(stamps.nanoseconds, " stdout F ")
    case .compose: put(server.container, "  | ")
    case .swarm: put(server.task, "    | ")
    case .kubectl: put("[pod/", server.pod, "/nginx] ")
    case .stern: put(server.pod, " nginx ")
    case .colors: put("\u{1B}[", server.color, "m")
    case .journal:
      put("{\"_HOSTNAME\":\"", server.host, "\",\"SYSLOG_IDENTIFIER\":\"nginx\",")
      put("\"__REALTIME_TIMESTAMP\":\"", stamps.epochMicroseconds, "\",\"MESSAGE\":")
      WrapperJSON.appendMessage(inner, to: &wrapped)
      return put("}")
    case .docker:
      put("{\"log\":\"")
      WrapperJSON.appendLog(inner, to: &wrapped)
      return put("\\n\",\"stream\":\"stdout\",\"time\":\"", stamps.nanoseconds, "\"}")
    }
    wrapped += inner
    if wrapper == .colors { put("\u{1B}[0m") }
  }

  private mutating func put(_ parts: any WrapperText...) {
    for part in parts { part.append(to: &wrapped) }
  }
}

/// A part of a wrapper.
private protocol WrapperText {
  func append(to bytes: inout [UInt8])
}

extension String: WrapperText {
  fileprivate func append(to bytes: inout [UInt8]) { bytes += utf8 }
}

extension [UInt8]: WrapperText {
  fileprivate func append(to bytes: inout [UInt8]) { bytes += self }
}
