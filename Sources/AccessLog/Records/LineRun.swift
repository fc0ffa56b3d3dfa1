/// Consecutive lines that are not hits, and their position among the records of a batch.
package struct LineRun: Equatable, Sendable {
  /// The index of the record that follows them.
  package var beforeRecord: Int
  /// Why the lines were rejected; `nil` if they are ignored.
  package var rejection: Rejection?
  package var count: Int

  package init(beforeRecord: Int, rejection: Rejection?, count: Int) {
    self.beforeRecord = beforeRecord
    self.rejection = rejection
    self.count = count
  }
}
