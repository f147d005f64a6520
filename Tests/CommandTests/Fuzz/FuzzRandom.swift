/// Random choices that come again with the same seed.
struct FuzzRandom: RandomNumberGenerator {
  private var state: UInt64
  /// Whether slips and oddities are frequent; else most of an input makes sense, and gets beyond the door.
  var isWild = false
  init(seed: UInt64) { state = seed }

  /// SplitMix64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  /// True once in so many times.
  mutating func once(in times: Int) -> Bool { below(times) == 0 }
  /// True once in so many times, where inputs are wild.
  mutating func slip(in times: Int) -> Bool { below(times) == 0 && (isWild || once(in: 12)) }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
  mutating func some<Item>(_ count: ClosedRange<Int>, _ make: (inout Self) -> Item) -> [Item] {
    (0..<Int.random(in: count, using: &self)).map { _ in make(&self) }
  }

  /// The text with a few characters lost, doubled, swapped or replaced.
  mutating func damaged(_ text: String) -> String {
    var characters = Array(text)
    for _ in 0...below(3) where !characters.isEmpty {
      let place = below(characters.count)
      switch below(4) {
      case 0: characters.remove(at: place)
      case 1: characters.insert(characters[place], at: place)
      case 2: characters.swapAt(place, below(characters.count))
      default: characters[place] = pick(Self.strange)
      }
    }
    return String(characters)
  }

  /// The bytes with a few of them flipped, lost or doubled, or cut off.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(4) where !bytes.isEmpty {
      let place = once(in: 2) ? below(bytes.count) : below(min(bytes.count, 600))
      switch below(6) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[place], at: place)
      case 2: bytes.removeLast(bytes.count - place)
      case 3: bytes[place] = pick([0, 0x1b, 0x22, 0x2c, 0x30, 0x39, 0x80, 0xff])
      default: bytes[place] ^= 1 << UInt8(below(8))
      }
    }
    return bytes
  }

  private static let strange: [Character] = [
    "\u{1B}", "\u{9b}", "\0", "\r", "\n", "\t", "\u{202e}", "'", "\"", "(", ")", "[", "]", "{", ",", ";", "=", "^", "·",
    "ŷ", "汉", "👍🏽", "e", "9", ".", "-", "#", ":", "ᵀ", "∂", "\u{301}", "|", "<", "%",
  ]
}
