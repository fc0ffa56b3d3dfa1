/// A mistake in the definition of an action.
package struct DefinitionError: Error, Equatable, Sendable {
  /// What is wrong, in one line. It repeats no part of the definition, which may hold a secret.
  package var message: String
  /// The first wrong byte of the definition, from 0; its length if something is missing at its end.
  package var offset: Int

  package init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}
