import AccessLog
import Testing

@testable import Engine

@Suite struct TopicMarksTests {
  @Test func nothingIsKnownBeforeTheFirstMessage() {
    var marks = TopicMarks()
    #expect(marks.offset(behind: EpochSecond(5)) == nil)
  }

  @Test(
    arguments: [
      (9, 100), (10, 101), (11, 101), (12, 103), (13, 104), (99, 105),
    ] as [(Int64, Int64)])
  func readingBeginsBeforeTheFirstLaterSecond(second: Int64, offset: Int64) {
    var marks = TopicMarks()
    for (index, time) in [10, 12, 11, 13, 14].enumerated() {
      marks.note(Int64(100 + index)...Int64(100 + index), EpochSecond(Int64(time)))
    }
    #expect(marks.offset(behind: EpochSecond(second)) == offset)
  }

  @Test func messagesWithoutASecondMoveOnlyTheEnd() {
    var marks = TopicMarks()
    marks.note(7...7, nil)
    #expect(marks.offset(behind: EpochSecond(0)) == 7)
    marks.note(8...8, EpochSecond(3))
    marks.note(9...9, nil)
    #expect(marks.offset(behind: EpochSecond(3)) == 10)
  }

  @Test func messagesThatAreNotedTogetherAreReadAgainTogether() {
    var marks = TopicMarks()
    marks.note(100...109, EpochSecond(10))
    marks.note(110...119, EpochSecond(20))
    #expect(marks.offset(behind: EpochSecond(9)) == 100)
    #expect(marks.offset(behind: EpochSecond(19)) == 110)
    #expect(marks.offset(behind: EpochSecond(20)) == 120)
  }

  @Test func noMessageBehindThePlaceIsOfAnEarlierLife() {
    // Whatever the order of seconds, every message of a later second lies at the place or behind it.
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var marks = TopicMarks()
      let times = (0..<50).map { Int64($0) + Int64.random(in: -5...5, using: &random) }
      for (index, time) in times.enumerated() {
        marks.note(Int64(index)...Int64(index), EpochSecond(time))
      }
      for second in stride(from: Int64(0), to: 60, by: 7) {
        let offset = marks.offset(behind: EpochSecond(second)) ?? 0
        #expect(times[..<Int(offset)].allSatisfy { $0 <= second })
      }
    }
  }
}
