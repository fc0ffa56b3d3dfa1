/// The position of text within a wider space.
package enum Alignment: Sendable {
  case left
  case right
  case center
}
