import Testing

@testable import StreamOutput

@Suite struct SendingLoadTests {
  private let messages = (0..<5).map { StreamMessage(key: [], value: [UInt8($0)]) }

  /// Hands over everything that there is, and returns the first bytes of the messages.
  private func submitAll(_ load: inout SendingLoad) -> [UInt8] {
    var values: [UInt8] = []
    while case .submit(let index, _) = load.step {
      values.append(load.messages[index].value[0])
      load.noteSubmitted()
    }
    return values
  }

  private func note(_ outcome: MessageOutcome, _ load: inout SendingLoad) -> Bool {
    load.note(outcome)
  }

  @Test func messagesAreHandedOverInOrderAndAcknowledgedInAny() {
    var load = SendingLoad(messages, base: 7)
    #expect(submitAll(&load) == [0, 1, 2, 3, 4])
    for id in [9, 7, 11, 8, 10] {
      #expect(load.step == .wait)
      #expect(note(MessageOutcome(id: UInt64(id), result: .acknowledged), &load))
    }
    #expect(load.step == .done && load.nextID == 12)
  }

  @Test func anotherAttemptHandsOverOnlyWhatIsLeft() {
    var load = SendingLoad(messages, base: 1)
    _ = submitAll(&load)
    _ = load.note(MessageOutcome(id: 2, result: .acknowledged))
    _ = load.note(MessageOutcome(id: 3, result: .failed("reset")))
    _ = load.note(MessageOutcome(id: 4, result: .refused("too large")))
    #expect(load.step == .retry("reset"))
    load.retry()
    #expect(submitAll(&load) == [0, 2, 4])
    #expect(load.refused == 1 && load.refusal == "too large")
    for id in 6...8 { _ = load.note(MessageOutcome(id: UInt64(id), result: .acknowledged)) }
    #expect(load.step == .done)
  }

  /// The third of five messages is refused, alone or with others.
  @Test func theMessageThatIsRefusedIsFoundOneByOne() {
    var load = SendingLoad(messages, base: 1)
    #expect(submitAll(&load) == [0, 1, 2, 3, 4])
    #expect(note(MessageOutcome(id: 1, result: .acknowledged), &load))
    for id in 2...5 {
      #expect(!note(MessageOutcome(id: UInt64(id), result: .refusedTogether("large")), &load))
    }
    #expect(load.step == .retry("large") && load.refused == 0)
    load.retry()
    #expect(submitAll(&load) == [1] && load.step == .wait)
    #expect(note(MessageOutcome(id: load.nextID - 1, result: .acknowledged), &load))
    #expect(submitAll(&load) == [2])
    #expect(note(MessageOutcome(id: load.nextID - 1, result: .refusedTogether("large")), &load))
    #expect(load.refused == 1 && load.refusal == "large")
    // The rest go together.
    #expect(submitAll(&load) == [3, 4])
    for id in [load.nextID - 1, load.nextID - 2] {
      #expect(note(MessageOutcome(id: id, result: .acknowledged), &load))
    }
    #expect(load.step == .done && load.refused == 1)
  }

  @Test func answersThatComeTwiceOrTooLateChangeNothing() {
    var load = SendingLoad(messages, base: 1)
    _ = submitAll(&load)
    #expect(note(MessageOutcome(id: 1, result: .acknowledged), &load))
    #expect(!note(MessageOutcome(id: 1, result: .acknowledged), &load))
    #expect(!note(MessageOutcome(id: 1, result: .failed("late")), &load))
    _ = load.note(MessageOutcome(id: 2, result: .failed("reset")))
    load.retry()
    _ = submitAll(&load)
    for id in 1...5 {
      #expect(!note(MessageOutcome(id: UInt64(id), result: .acknowledged), &load))
    }
    #expect(!note(MessageOutcome(id: 99, result: .acknowledged), &load))
    #expect(load.step == .wait)
  }

  @Test func anOutcomeOfWhatWasNotHandedOverIsIgnored() {
    var load = SendingLoad(messages, base: 1)
    #expect(!note(MessageOutcome(id: 1, result: .acknowledged), &load))
    #expect(!note(MessageOutcome(id: 0, result: .acknowledged), &load))
    #expect(load.step == .submit(index: 0, id: 1))
  }
}
