import AccessLog
import Engine
import Glibc
import LogInput
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// How a session with a listener ends.
@MainActor
@Suite struct ListenerSessionTests {
  private nonisolated static let start: Int64 = 1_700_000_000
  private nonisolated static let line = "h,-,-,\(start),GET /a HTTP/1.1,200,1\n"

  /// A log that is much longer than what a test reads of it.
  private final class LongLog: ByteSource {
    private static let lines = Array(String(repeating: ListenerSessionTests.line, count: 1000).utf8)
    private var left = 16 << 20

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
      let count = min(Self.lines.count, buffer.count, left)
      buffer.copyBytes(from: Self.lines.prefix(count))
      left -= count
      return count > 0 ? .bytes(count) : .end
    }
  }

  /// A listener on a free port, with another log beside it. The clock advances by `pace` at every
  /// reading.
  private struct Listening {
    let session: Session
    let port: UInt16

    @MainActor
    init(beside log: (any ByteSource)? = nil, pace: Double = 1e-6) throws {
      var opened: (listener: SyslogListener, port: UInt16)?
      for _ in 0..<100 where opened == nil {
        let port = UInt16.random(in: 20_000..<60_000)
        let name = Name("syslog:\(port)")
        let listener = try? SyslogListener(
          ListenAddress(name), path: name, monotonic: { 0 })
        opened = listener.map { ($0, port) }
      }
      let (listener, port) = try #require(opened)
      self.port = port
      var input = Input(reader: BlockReader(source: listener), path: listener.path)
      input.listener = listener
      var inputs = [input]
      if let log { inputs.append(Input(reader: BlockReader(source: log), path: Name("log"))) }
      var options = PipelineOptions()
      options.analysis.following = true
      options.listeners = [0]
      var now = 0.0
      session = Session(
        options, inputs: InputSet(inputs), pacer: nil, canSeek: false,
        start: EpochSecond(start), wall: { EpochSecond(start) },
        monotonic: {
          now += pace
          return now
        })
    }

    /// Sends a line from each of so many machines.
    ///
    /// - Returns: how many were sent.
    func send(from machines: Int) -> Int {
      var to = address(0x7F00_0001, port)
      return (0..<machines).count { machine in
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var from = address(0x7F01_0001 + UInt32(machine), 0)
        let line = Array(ListenerSessionTests.line.utf8)
        let isBound = with(&from) { bind(descriptor, $0, $1) } == 0
        return isBound
          && with(&to) { sendto(descriptor, line, line.count, 0, $0, $1) } == line.count
      }
    }

    private func address(_ host: UInt32, _ port: UInt16) -> sockaddr_in {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = host.bigEndian
      return address
    }

    private func with<Result>(
      _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
      withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
  }

  /// What has been sent before the end is read, or counted as dropped.
  @Test(arguments: [1, 100, 1000, 1500, 2500])
  func nothingSentBeforeTheEndVanishes(machines: Int) throws {
    let listening = try Listening()
    let session = listening.session
    _ = session.work(budget: 1)
    let sent = listening.send(from: machines)
    try #require(sent == machines)
    let events = session.stop()
    guard case .end(let report)? = events.last else {
      Issue.record("no end")
      return
    }
    let figures = try #require(report.sources.first?.listener)
    #expect(report.tally.hits + figures.lost == sent, "\(figures)")
    #expect(figures.messages == report.tally.lines)
    if machines <= 1500, figures.droppedByKernel == 0 { #expect(report.tally.hits == sent) }
  }

  /// Also if there is no time to receive it.
  @Test func whatThereIsNoTimeForIsCounted() throws {
    let listening = try Listening(pace: 1)
    let sent = listening.send(from: 2500)
    let events = listening.session.stop()
    guard case .end(let report)? = events.last else {
      Issue.record("no end")
      return
    }
    let figures = try #require(report.sources.first?.listener)
    #expect(report.tally.hits + figures.lost == sent, "\(figures)")
    #expect(figures.lost > 0)
  }

  /// N12: also what was received while there was no time to read it.
  @Test func whatWasReceivedButNotReadIsRead() throws {
    let listening = try Listening(beside: LongLog())
    let session = listening.session
    let sent = listening.send(from: 100)
    _ = session.work(budget: 0)
    let events = session.stop()
    guard case .end(let report)? = events.last else {
      Issue.record("no end")
      return
    }
    let figures = try #require(report.sources.first?.listener)
    #expect(figures.messages + figures.lost == sent)
    let ofPeers = report.sources.filter(\.isPeer).reduce(0) { $0 + $1.lines }
    #expect(ofPeers == figures.messages)
  }

  /// The rest of a log beside a listener is not waited for.
  @Test func theEndDoesNotReadTheRestOfALog() throws {
    let listening = try Listening(beside: LongLog())
    for _ in 0..<10 { _ = listening.session.work(budget: 0) }
    let before = listening.session.pipeline.offset
    #expect(before > 0)
    _ = listening.session.stop()
    #expect(listening.session.pipeline.offset == before)
  }
}
