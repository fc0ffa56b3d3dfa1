/// How much of a split space one part gets.
package enum Extent: Equatable, Sendable {
  /// So many cells.
  case fixed(Int)
  /// A share of what the others leave, in proportion to the weights.
  case share(Int)
  /// At least so many cells, and then a share of what is left, in proportion to the weights.
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
