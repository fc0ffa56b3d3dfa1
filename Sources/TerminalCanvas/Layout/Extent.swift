/// The size of one part when a rectangle is split.
package enum Extent: Equatable, Sendable {
  /// A fixed number of cells.
  case fixed(Int)
  /// A share of the space left by the other parts, in proportion to the weight.
  case share(Int)
  /// A minimum number of cells, plus a share of the remaining space in proportion to the weight.
  case atLeast(Int, share: Int)

  var minimum: Int {
    switch self {
    case .fixed(let cells), .atLeast(let cells, _): max(0, cells)
    case .share: 0
    }
  }

  var weight: Int {
    switch self {
    case .fixed: 0
    case .share(let weight), .atLeast(_, let weight): max(0, weight)
    }
  }
}
