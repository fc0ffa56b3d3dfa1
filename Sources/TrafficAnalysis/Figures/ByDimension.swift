import AccessLog

extension [RankedRows] {
  /// The rows of a dimension where every dimension was requested in order.
  package subscript(dimension: Dimension) -> RankedRows {
    get { dimension.rawValue < count ? self[dimension.rawValue] : RankedRows() }
    set {
      while count <= dimension.rawValue { append(RankedRows()) }
      self[dimension.rawValue] = newValue
    }
  }
}

extension SecondSeries {
  package mutating func append(hits: Int, at second: EpochSecond) {
    append(SecondTotals(hits: hits), at: second)
  }
}
