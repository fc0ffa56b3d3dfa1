import AccessLog
import Testing

@testable import TrafficGenerator

@Suite struct CivilTimeTests {
  static let calendar: [(second: Int64, fields: [Int])] = [
    (0, [1970, 1, 1, 0, 0, 0]),
    (-1, [1969, 12, 31, 23, 59, 59]),
    (951_782_400, [2000, 2, 29, 0, 0, 0]),
    (4_107_542_400, [2100, 3, 1, 0, 0, 0]),
    (1_709_208_000, [2024, 2, 29, 12, 0, 0]),
    (2_147_483_648, [2038, 1, 19, 3, 14, 8]),
    (-62_135_596_800, [1, 1, 1, 0, 0, 0]),
    (253_402_300_799, [9999, 12, 31, 23, 59, 59]),
  ]

  @Test(arguments: calendar)
  func aSecondIsConvertedToItsDate(second: Int64, fields: [Int]) {
    let time = CivilTime(EpochSecond(second))
    #expect([time.year, time.month, time.day, time.hour, time.minute, time.second] == fields)
    #expect(time.epochSecond == EpochSecond(second))
  }

  @Test func everyDayOfEightHundredYearsIsConverted() {
    var day = CivilTime.dayNumber(year: 1600, month: 1, day: 1)
    for year in 1600..<2400 {
      for month in 1...12 {
        for date in 1...CivilTime.days(inMonth: month, of: year) {
          let time = CivilTime(EpochSecond(Int64(day) * 86_400))
          let found = (time.year, time.month, time.day)
          let number = CivilTime.dayNumber(year: year, month: month, day: date)
          if found != (year, month, date) || number != day {
            Issue.record("\(year)-\(month)-\(date)")
          }
          day += 1
        }
      }
    }
  }

  @Test func everySecondIsConvertedAndBack() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<10_000 {
      let second = EpochSecond(Int64(bitPattern: random.next()))
      #expect(CivilTime(second).epochSecond == second)
    }
  }
}
