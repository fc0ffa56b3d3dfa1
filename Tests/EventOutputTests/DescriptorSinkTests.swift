import Glibc
import Testing

@testable import EventOutput

@Suite struct DescriptorSinkTests {
  /// A pipe that nobody waits for: what does not fit is refused.
  private func pipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    precondition(Glibc.pipe(&ends) == 0)
    for end in ends { precondition(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
    return (ends[0], ends[1])
  }

  private func readAll(_ descriptor: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 17)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }

  @Test func buffersUntilItIsFlushed() throws {
    let (reading, writing) = pipe()
    defer { for end in [reading, writing] { close(end) } }
    let sink = DescriptorSink(descriptor: writing, flushesEveryWrite: false)
    try sink.write(Array("one\n".utf8))
    #expect(readAll(reading).isEmpty)
    try sink.flush()
    #expect(readAll(reading) == Array("one\n".utf8))
    try sink.flush()
    #expect(readAll(reading).isEmpty)
  }

  @Test func canFlushEveryWrite() throws {
    let (reading, writing) = pipe()
    defer { for end in [reading, writing] { close(end) } }
    let sink = DescriptorSink(descriptor: writing, flushesEveryWrite: true)
    try sink.write(Array("one\n".utf8))
    #expect(readAll(reading) == Array("one\n".utf8))
  }

  @Test func distinguishesAClosedPipeFromAFailure() {
    signal(SIGPIPE, SIG_IGN)
    let (reading, writing) = pipe()
    close(reading)
    defer { close(writing) }
    let sink = DescriptorSink(descriptor: writing, flushesEveryWrite: true)
    #expect(throws: OutputFailure.closed) { try sink.write([1]) }
  }

  @Test func reportsTheErrorOfTheSystem() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    let sink = DescriptorSink(descriptor: full, flushesEveryWrite: false)
    try sink.write([1])
    let failure = #expect(throws: OutputFailure.self) { try sink.flush() }
    #expect(failure?.reason == "No space left on device")
    // Nothing is kept for a second try.
    try sink.flush()
  }
}
