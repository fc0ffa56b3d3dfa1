import AccessLog
import TrafficAnalysis

extension JSONText {
  private static let changesPerDimension = 3

  /// Appends what grew most, in each dimension.
  func array(_ changes: PerDimension<[NameChange]>) {
    raw("[")
    var isFirst = true
    for dimension in Dimension.common {
      for change in changes[dimension].prefix(Self.changesPerDimension) {
        raw(isFirst ? "{\"dimension\":\"" : ",{\"dimension\":\"")
        isFirst = false
        raw(dimension.profile.name)
        raw("\",\"name\":")
        string(change.name)
        raw(",\"before\":")
        number(change.before)
        raw(",\"now\":")
        number(change.now)
        raw("}")
      }
    }
    raw("]")
  }
}
