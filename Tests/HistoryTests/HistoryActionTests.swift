import AccessLog
import Foundation
import Testing
import TrafficAnalysis

@testable import History

@Suite struct HistoryActionTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func alertsAndMinutesAreSavedAndNothingElse() throws {
    let store = try HistoryStore(folder.history, context())
    var action = HistoryAction(store, waits: true)
    for number in Int64(0)..<3 {
      action.handle(.minute(minute(number, hits: 1)))
      action.handle(.alert(alert(at: start + 60 * number + 59)))
    }
    action.handle(.interval(minute(hits: 1)))
    #expect(store.finish(within: 30) == nil)
    let reader = try HistoryReader(folder.history)
    let minutes = try reader.minutes(in: TimeRange())
    #expect(minutes.map { $0.time.value - start } == [0, 60, 120])
    let alerts = try reader.alerts(last: 9)
    #expect(alerts.map { $0.second.value - start } == [59, 119, 179])
  }

  @Test func howMuchOfAMinuteWasReadDecidesWhatBecomesOfIt() throws {
    let readings: [MinuteReading] = [.whole, .again, .rest]
    for reading in readings {
      let store = try HistoryStore(folder.history, context())
      var action = HistoryAction(store, waits: false, reading: { _ in reading })
      action.handle(.minute(minute(hits: 2, partial: true)))
      #expect(store.finish(within: 30) == nil)
    }
    #expect(try HistoryReader(folder.history).minutes(in: TimeRange()).map(\.hits) == [4])
  }

  @Test func entriesComeInOrderPageByPage() throws {
    let store = try HistoryStore(folder.history, context())
    for number in Int64(0)..<1_100 {
      store.add(minute: minute(number, hits: 1))
      store.add(alert: alert(at: start + 60 * number + 59))
      store.add(alert: alert("r", at: start + 60 * number))
    }
    #expect(store.finish(within: 30) == nil)
    var entries: [HistoryReader.Entry] = []
    let range = TimeRange(since: EpochSecond(start + 60))
    try HistoryReader(folder.history).forEach(in: range) { entries.append($0) }
    #expect(entries.count == 3 * 1_099)
    for (index, entry) in entries.enumerated() {
      let begin = start + 60 * Int64(index / 3 + 1)
      switch (index % 3, entry) {
      case (0, .alert(let transition)): #expect(transition.second.value == begin + 59)
      case (1, .alert(let transition)): #expect(transition.second.value == begin)
      case (2, .minute(let minute)): #expect(minute.time.value == begin)
      default: Issue.record("\(index): \(entry)")
      }
    }
  }
}
