import AccessLog
import Testing
import TrafficAnalysis

/// The totals of minutes.
struct MinuteSeriesTests {
  private func series(_ minutes: [Int64]) -> MinuteSeries {
    var series = MinuteSeries()
    for minute in minutes { series.set(SecondTotals(hits: Int(minute % 1000) + 1), minute: minute) }
    return series
  }

  @Test func aMinuteThatWasNotSetHasNoHits() {
    let series = series([25_826_000, 25_826_002, 25_840_000])
    #expect(series[25_826_002].hits == 3 && series[25_840_000].hits == 1)
    #expect(series[25_826_001].hits == 0 && series[25_830_000].hits == 0)
    #expect(series[0].hits == 0 && series[.max / 60].hits == 0 && series[.min / 60].hits == 0)
    #expect(MinuteSeries()[5].hits == 0)
  }

  @Test func minutesMayComeInAnyOrderAndAreReplaced() {
    var minutes = series([25_830_000, 25_826_000, 25_829_999])
    #expect(minutes[25_826_000].hits == 1 && minutes[25_830_000].hits == 1)
    minutes.set(
      SecondTotals(hits: 7, clientErrors: 2, serverErrors: 1), minute: 25_826_000)
    #expect(
      minutes[25_826_000] == SecondTotals(hits: 7, clientErrors: 2, serverErrors: 1))
  }

  @Test(arguments: [(Int64(30), true), (33, true), (36, false), (60, false), (100, false)])
  func whatIsOlderThanThirtyDaysIsDropped(days: Int64, isKept: Bool) {
    let series = series([25_826_000, 25_826_000 + days * 1440])
    #expect((series[25_826_000].hits == 1) == isKept)
    #expect(series[25_826_000 + days * 1440].hits > 0)
    #expect((series.oldest <= EpochSecond(25_826_000 * 60)) == isKept)
  }

  @Test(arguments: [(Int64(20), true), (50, false)])
  func aMinuteThatIsMuchOlderBeginsANewSeries(days: Int64, isKept: Bool) {
    var minutes = series([25_826_000])
    minutes.earlier = EpochSecond(25_826_000 * 60)...EpochSecond(25_826_000 * 60 + 59)
    minutes.set(SecondTotals(hits: 5), minute: 25_826_000 - days * 1440)
    #expect(minutes[25_826_000 - days * 1440].hits == 5)
    #expect((minutes[25_826_000].hits == 1) == isKept && (minutes.earlier != nil) == isKept)
  }

  @Test func impossibleTimesDoNoHarm() {
    for minute in [.max / 60, .min / 60, 0, .max / 60] as [Int64] {
      var series = series([25_826_000])
      series.set(SecondTotals(hits: .max), minute: minute)
      #expect(series[minute].hits == Int(UInt32.max))
    }
  }

  @Test func itTakesLessThanTwoMegabytes() {
    #expect(MinuteSeries.footprint < 2_000_000)
  }
}
