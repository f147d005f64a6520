/// A random number generator whose numbers follow from its seed alone: on every platform, today and later.
///
/// The algorithm is xoshiro256** (Blackman and Vigna, 2018; period 2²⁵⁶ − 1), seeded through SplitMix64. The
/// standard library says of its own `shuffle` and `random(in:)` that their results may change with its version,
/// so uniform numbers, normal numbers and shuffles are made here, from additions, multiplications, divisions
/// and square roots, which IEEE 754 defines to the last bit.
///
/// ```swift
/// var generator = SeededGenerator(seed: 1)
/// generator.next()              // 12966619160104079557
/// generator.uniform()           // 0.5204366199388569
/// generator.permutation(of: 4)  // [0, 3, 1, 2]
/// ```
///
/// The four words of state are all there is: a generator that is encoded, stored and decoded goes on as if
/// nothing had happened.
public struct SeededGenerator: RandomNumberGenerator, Equatable, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// The generator of that seed; any number will do, also 0.
  public init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, by: 45)
    return result
  }

  private func rotate(_ bits: UInt64, by count: UInt64) -> UInt64 { bits << count | bits >> (64 - count) }

  /// Whether both will draw the same numbers from here on.
  public static func == (a: Self, b: Self) -> Bool { a.state == b.state }
}

// MARK: - The state as text

/// The state is 64 hexadecimal digits: text, because JSON readers of other languages round 64-bit integers.
extension SeededGenerator: LosslessStringConvertible, Codable {
  public var description: String {
    [state.0, state.1, state.2, state.3].map { hexadecimal($0) }.joined()
  }

  /// The generator whose state was printed; nil for other text and for the state zero, which xoshiro never has.
  public init?(_ description: String) {
    let digits = Array(description.utf8)
    guard digits.count == 64 else { return nil }
    let words = stride(from: 0, to: 64, by: 16).compactMap { start in
      let word = digits[start..<start + 16]
      return word.contains(UInt8(ascii: "+")) ? nil : UInt64(String(decoding: word, as: UTF8.self), radix: 16)
    }
    guard words.count == 4, words.contains(where: { $0 != 0 }) else { return nil }
    state = (words[0], words[1], words[2], words[3])
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let generator = Self(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected 64 hexadecimal digits of a generator's state")
    }
    self = generator
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
