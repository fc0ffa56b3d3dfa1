import AccessLog
import SafeText
import Testing

@testable import DashboardModel

/// The columns of a table at every width.
struct TableLayoutTests {
  private static let shortest: [Dimension: Int] = Dictionary(
    uniqueKeysWithValues: Dimension.allCases.map {
      ($0, $0 == .client ? 18 : $0 == .status ? 10 : 16)
    })

  private func layout(_ columns: Int, _ dimension: Dimension, _ isZoomed: Bool) -> TableLayout {
    TableLayout(columns: columns, dimension, isZoomed: isZoomed, isTimed: true)
  }

  @Test(arguments: Dimension.allCases, [false, true])
  func placesNeitherOverlapNorExceedTheWidth(dimension: Dimension, isZoomed: Bool) {
    for columns in 0...300 {
      let places = layout(columns, dimension, isZoomed).places
      #expect(places.first?.column == .name)
      for (left, right) in zip(places, places.dropFirst()) {
        #expect(left.start + left.width <= right.start, "\(columns): \(places)")
      }
      #expect(places.allSatisfy { $0.width >= 0 && $0.start >= 1 })
      if columns >= 2, let last = places.last {
        #expect(last.start + last.width <= columns - 1, "\(columns): \(places)")
      }
      #expect(Set(places.map(\.column)).count == places.count)
    }
  }

  @Test(arguments: Dimension.allCases, [false, true])
  func theNameHasItsRoomBeforeAnyFigure(dimension: Dimension, isZoomed: Bool) throws {
    let shortest = try #require(Self.shortest[dimension])
    for columns in 2...300 {
      let layout = layout(columns, dimension, isZoomed)
      #expect(layout.places[0].width >= min(columns - 2, shortest), "\(columns): \(layout)")
      if layout.places.count > 1 { #expect(layout.places[0].width >= shortest) }
    }
  }

  @Test(arguments: Dimension.allCases, [false, true])
  func moreRoomNeverTakesAUsefulFigureAway(dimension: Dimension, isZoomed: Bool) {
    var before: Set<TableColumn> = []
    for columns in 0...300 {
      let now = Set(layout(columns, dimension, isZoomed).columns).subtracting([.trend])
      #expect(now.isSuperset(of: before), "\(columns)")
      before = now
    }
    var all = Set(TableColumn.allCases)
    if dimension == .client { all.subtract([.p95]) }
    if dimension == .status { all.subtract([.clientErrors, .serverErrors]) }
    if !isZoomed { all.subtract([.rate, .peak, .firstSeen, .lastSeen]) }
    #expect(before.union([.trend]) == all)
  }

  @Test(arguments: Dimension.allCases)
  func sparklinesHaveTenToTwentyBuckets(dimension: Dimension) {
    for columns in 0...300 {
      for isZoomed in [false, true] {
        let layout = layout(columns, dimension, isZoomed)
        #expect(layout.trend == 0 || (10...20).contains(layout.trend))
        #expect(layout.columns.contains(.trend) == (layout.trend > 0))
      }
    }
    #expect(layout(300, dimension, false).trend == 20)
  }

  @Test func theHeadUnderAPositionIsThatOfItsColumn() {
    let layout = layout(100, .section, false)
    for place in layout.places {
      #expect(layout.column(at: place.start) == place.column)
      #expect(layout.column(at: place.start + place.width - 1) == place.column)
    }
    #expect(layout.column(at: 0) == nil)
  }

  /// At 120 columns the table of clients has 46 inside its frame.
  @Test(arguments: [46, 60, 116])
  func addressesThatDifferAtTheirEndsCanBeToldApart(columns: Int) {
    let addresses = (0..<300).map { index in
      let end = String(index + 0x7000, radix: 16)
      return SafeString("2001:0db8:85a3:08d3:1319:8a2e:0370:\(end)")
    }
    let width = layout(columns, .client, false).places[0].width
    for encoding in [TextEncoding.unicode, .ascii] {
      let shown = Set(addresses.map { $0.truncatedInMiddle(to: width, as: encoding) })
      #expect(shown.count == addresses.count)
    }
  }
}
