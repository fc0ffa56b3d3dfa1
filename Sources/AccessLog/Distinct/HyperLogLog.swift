import Glibc

/// A sketch of a set of hashes, from which their number is estimated.
///
/// HyperLogLog (Flajolet, Fusy, Gandouet and Meunier, 2007) with 2^14 registers of one byte. It
/// depends on nothing but the set: neither on the order of the hashes nor on their repetition.
struct HyperLogLog: Equatable, Sendable {
  /// The number of leading bits of a hash that select a register.
  private static let precision: UInt64 = 14
  static let registerCount = 1 << 14
  /// The greatest value of a register: one more than the number of the other bits.
  static let greatestRank: UInt8 = 51
  /// The standard error as a fraction of the estimate.
  static let standardError = 1.04 / Double(registerCount).squareRoot()
  /// Corrects the bias of the harmonic mean.
  private static let correction = 0.7213 / (1 + 1.079 / Double(registerCount))

  /// For each register, the greatest rank of its hashes; 0 for none. The rank of a hash is the
  /// position of the first bit that is set, from 1, in what follows the bits of the register.
  private(set) var registers: [UInt8]

  /// A sketch of no hash.
  init() {
    registers = [UInt8](repeating: 0, count: Self.registerCount)
  }

  /// A sketch with the given registers; `nil` if no set has them.
  init?(registers: some Collection<UInt8>) {
    guard registers.count == Self.registerCount,
      registers.allSatisfy({ $0 <= Self.greatestRank })
    else { return nil }
    self.registers = Array(registers)
  }

  @inline(__always)
  mutating func insert(_ hash: UInt64) {
    let register = Int(truncatingIfNeeded: hash >> (64 - Self.precision))
    // The added bit limits the rank where all bits of the hash are 0.
    let rest = hash << Self.precision | 1 << (Self.precision - 1)
    let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount + 1)
    if rank > registers[register] { registers[register] = rank }
  }

  /// Adds the hashes of another sketch.
  mutating func formUnion(_ other: HyperLogLog) {
    for index in registers.indices {
      registers[index] = max(registers[index], other.registers[index])
    }
  }

  /// The estimated number of hashes.
  ///
  /// - Complexity: O(registers)
  var estimate: Double {
    var registersByRank = [Int](repeating: 0, count: Int(Self.greatestRank) + 1)
    for rank in registers { registersByRank[Int(rank)] += 1 }
    // The sum of 2^-rank over all registers, always in the same order.
    let sum = registersByRank.reversed().reduce(0) { $0 / 2 + Double($1) }
    let count = Double(Self.registerCount)
    let estimate = Self.correction * count * count / sum
    let empty = Double(registersByRank[0])
    // Linear counting is more accurate while many registers are empty.
    guard estimate <= 2.5 * count, empty > 0 else { return estimate }
    return count * log(count / empty)
  }

  /// A number of hashes that the set has at least.
  var leastCount: Int { registers.count { $0 > 0 } }
}
