/// A fraction brought into 0 to 1; what is no number counts as nothing.
func unitFraction(_ value: Double) -> Double {
  value > 0 ? min(1, value) : 0
}

/// Eighths of a cell that a fraction of so many cells fills: what is above zero is never invisible.
func eighths(_ fraction: Double, of cells: Int) -> Int {
  let fraction = unitFraction(fraction)
  guard fraction > 0 else { return 0 }
  return max(1, Int((fraction * Double(cells) * 8).rounded()))
}
