import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Status classes, methods and codes.
struct StatusModelTests {
  private func model(_ change: (inout Snapshot) -> Void) -> StatusModel {
    var snapshot = Snapshot()
    snapshot.table.traffic.hits = 1000
    snapshot.table.traffic.status[.successful] = 900
    snapshot.table.traffic.status[.clientError] = 90
    snapshot.table.traffic.methods[.post] = 10
    snapshot.table.traffic.methods[.get] = 990
    change(&snapshot)
    return StatusModel(PaneContext(.status, snapshot))
  }

  private func codes(_ codes: KeyValuePairs<String, Int>) -> RankedRows {
    RankedRows(codes.map { RankedName(name: Name($0.key), hits: $0.value) }, mostHits: 0)
  }

  @Test func codesAreInTheirOrderErrorsFirst() {
    let model = model {
      $0.table.rankings = [RankedRows(), codes(["404": 60, "200": 900, "503": 1, "301": 5])]
    }
    #expect(model.codes.map(\.name) == ["503", "404", "200", "301"])
    #expect(model.codes.map(\.emphasis) == [.alert, .warning, .plain, .plain])
    #expect(model.codes.map(\.percent) == ["0.1 %", "6.0 %", "90.0 %", "0.5 %"])
    #expect(model.codes.map(\.hits) == ["1", "60", "900", "5"])
  }

  @Test func classesWithoutHitsAreMutedAndRareOnesLeftOut() {
    let classes = model { _ in }.classes
    #expect(classes.map(\.name) == ["2xx", "3xx", "4xx", "5xx"])
    #expect(classes.map(\.emphasis) == [.plain, .muted, .warning, .muted])
    let rare = model { $0.table.traffic.status[.informational] = 1 }.classes
    #expect(rare.contains { $0.name == "1xx" })
  }

  @Test func methodsAreRanked() {
    #expect(model { _ in }.methods.map(\.name) == ["GET", "POST"])
  }

  @Test func withoutHitsAllSharesAreZero() {
    let model = model { $0.table.traffic = AccessLog.Traffic() }
    #expect(model.classes.allSatisfy { $0.share == 0 && $0.percent == "0.0 %" })
    #expect(model.methods.isEmpty && model.codes.isEmpty)
  }
}
