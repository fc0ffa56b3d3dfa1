import AccessLog

/// Why a source of a pipeline cannot be read.
package struct SourceFailure: Error, Equatable, Sendable {
  /// The index of the source.
  package var source: Int
  package var failure: InputFailure

  package init(source: Int, failure: InputFailure) {
    self.source = source
    self.failure = failure
  }
}
