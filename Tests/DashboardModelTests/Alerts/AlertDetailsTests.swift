import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The details of one alert.
struct AlertDetailsTests {
  private func details(_ snapshot: Snapshot, _ alert: Int) -> AlertDetailsModel {
    let key = AlertKey(snapshot.transitions[alert])
    return AlertDetailsModel(key, PaneContext(.alerts, snapshot))
  }

  private func sample(to end: Int64?) -> Snapshot {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.addAlert(
      from: 1_549_573_200, to: end, peak: 22,
      changes: [
        NameChange(
          name: Name("/api\u{1B}[2J"), before: Rate(hits: 60, seconds: 600),
          now: Rate(hits: 1440, seconds: 120))
      ])
    return snapshot
  }

  @Test func anEndedAlertSaysHowLongItLasted() {
    let details = details(sample(to: 1_549_573_287), 0)
    #expect(details.frame.title == "alert 21:00:00" && details.frame.note == "Esc back")
    #expect(
      details.summary.map(\.text) == [
        "high traffic", "mean of 2 min 10.05/s over 10", "peak 22.00/s", "lasted 1:27",
      ])
    #expect(details.summary[0].emphasis == .strong)
  }

  @Test func anActiveAlertSaysHowLongItHasBeenActive() {
    let details = details(sample(to: nil), 0)
    #expect(details.summary.last == Words("active for 6:39", .alert))
    #expect(details.summary[0].emphasis == .alert)
  }

  @Test func thePeriodsThatAreComparedAreNamed() {
    let details = details(sample(to: nil), 0)
    #expect(
      details.periods.map(\.text) == [
        "during", "20:58:01 to 21:00:00", "before", "the 10 min until then",
        "in hits/s",
      ])
  }

  @Test func everyDimensionHasAListWithItsNames() {
    let details = details(sample(to: nil), 0)
    #expect(details.lists.map(\.title) == ["sections", "clients", "codes"])
    #expect(
      details.lists[0].rows == [
        .init(name: "/api\u{1B}[2J", before: "0.10", during: "12.00", change: "+11.90")
      ])
    #expect(details.lists[1].rows.isEmpty)
  }

  @Test func anAlertThatDoesNotExistAtAnEarlierMomentSaysSo() {
    let snapshot = sample(to: nil)
    let key = AlertKey(snapshot.transitions[0])
    let details = AlertDetailsModel(key, PaneContext(.alerts, Snapshot(SecondSeries(0...9))))
    #expect(details.summary.map(\.text) == ["the log has gone back to before this alert"])
    #expect(details.lists.isEmpty && details.periods.isEmpty)
  }
}
