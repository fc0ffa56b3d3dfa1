import Foundation

/// A table that is printed row by row: each as soon as its figures are there.
struct TextTable {
  var nameWidth: Int
  var columnWidths: [Int]

  func print(_ name: String, _ cells: [String]) {
    var line = name.padding(toLength: max(nameWidth, name.count), withPad: " ", startingAt: 0)
    for (cell, width) in zip(cells, columnWidths) {
      line += String(repeating: " ", count: max(1, width - cell.count)) + cell
    }
    Swift.print(line)
    // The whole takes minutes: a pipe gets each row at once.
    fflush(nil)
  }
}
