import Testing

@testable import Spooling
@testable import StreamOutput

@Suite struct SpoolQueueTests {
  private func file(_ sequence: UInt64) -> StreamBatchFile {
    StreamBatchFile(sequence: sequence, count: 1, size: 1)
  }

  /// The first half is sent, and the second half, only in memory, is saved as far as that is possible.
  @Test(arguments: [0, 1, 2])
  func whatCannotBeSavedIsLostAndNothingElse(savedOfThree: UInt64) {
    var queue = SpoolQueue<StreamBatchFile>()
    let half: UInt64 = 1_200
    for sequence in 1...half { queue.append(file(sequence), bytes: nil) }
    for sequence in (half + 1)...(2 * half) { queue.append(file(sequence), bytes: [1]) }
    for _ in 0..<half { _ = queue.take() }
    queue.finish(isDone: true)
    queue.saveRest { file, _, _ in file.sequence % 3 < savedOfThree }
    let saved = Int(half / 3 * savedOfThree)
    #expect(queue.lost == Int(half) - saved && queue.count == saved && queue.memory == 0)
    var left: [UInt64] = []
    while let entry = queue.take() { left.append(entry.file.sequence) }
    #expect(left == ((half + 1)...(2 * half)).filter { $0 % 3 < savedOfThree })
  }
}
