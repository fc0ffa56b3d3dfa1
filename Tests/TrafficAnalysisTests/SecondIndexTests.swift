import AccessLog
import Testing

@testable import TrafficAnalysis

/// Seconds in any order, dense or sparse, compared with a dictionary.
@Suite struct SecondIndexTests {
  @Test(
    arguments: [
      (1, 1), (1, 50), (7, 3), (63, 64), (64, 64), (1000, 1), (86_400, 500), (1_000_000_007, 20),
    ] as [(Int64, Int)])
  func secondsAreRemovedInOrder(step: Int64, open: Int) {
    var index = SecondIndex()
    var expected: [Int64: Int] = [:]
    var random = SystemRandomNumberGenerator()
    var now: Int64 = -5000 * step
    for number in 0..<3000 {
      now += Int64.random(in: 0...3, using: &random) * step
      let second = EpochSecond(now - Int64.random(in: 0...20, using: &random) * step)
      if let known = expected[second.value] {
        #expect(index.slot(of: second) == known)
      } else {
        #expect(index.slot(of: second) == nil)
        index.insert(second, slot: number)
        expected[second.value] = number
      }
      while expected.count > open, let first = expected.keys.min() {
        #expect(index.first == EpochSecond(first))
        #expect(index.removeFirst() == expected.removeValue(forKey: first))
      }
      #expect(index.count == expected.count)
    }
    for (second, number) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(index.slot(of: EpochSecond(second)) == number)
      #expect(index.first == EpochSecond(second))
      #expect(index.removeFirst() == number)
    }
    #expect(index.first == nil)
    #expect(index.count == 0)
  }
}
