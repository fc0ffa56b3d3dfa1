/// A fraction clamped to 0...1; NaN becomes 0.
func unitFraction(_ value: Double) -> Double {
  value > 0 ? min(1, value) : 0
}

/// The length of a fraction of `cells` in eighths of a cell. Fractions above zero give at least one
/// eighth, so that they stay visible.
func eighths(_ fraction: Double, of cells: Int) -> Int {
  let fraction = unitFraction(fraction)
  guard fraction > 0 else { return 0 }
  return max(1, Int((fraction * Double(cells) * 8).rounded()))
}
