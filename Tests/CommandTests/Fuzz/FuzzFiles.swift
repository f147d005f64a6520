import Foundation

/// Files as they come, and as they come damaged.
extension FuzzRandom {
  mutating func csv(_ width: Int) -> [UInt8] {
    let separator = slip(in: 4) ? pick([";", "\t", "|"]) : ","
    let names = slip(in: 3) ? ["e", "pi", "Sepal.Length", "size (m²)", "\u{1B}[31mx"] : ["x", "y", "w", "b", "the x"]
    var lines = once(in: 5) ? [] : [names.prefix(width).joined(separator: separator)]
    let isLabelled = once(in: 6)
    for _ in 0..<(once(in: 9) ? 0 : 1 + below(7)) {
      var cells = some(width...width) { random in random.cell() }
      if isLabelled { cells[width - 1] = pick(["rose", "tulip", "\u{1B}]0;x\u{7}", "<b>", "\"a, b\""]) }
      lines.append(cells.joined(separator: separator))
    }
    let text = Array(lines.joined(separator: once(in: 6) ? "\r\n" : "\n").utf8)
    return slip(in: 3) ? damaged(text) : text
  }

  private mutating func cell() -> String {
    slip(in: 8)
      ? pick(["", "NA", "$2.50", "50%", "1,5", "1e154", "-1e308", "1e999", "nan", "\"", "x", " 1 "])
      : "\(Double(below(2000) - 1000) / 64)"
  }

  mutating func formulas() -> [UInt8] {
    var lines: [String] = []
    for _ in 0...below(2) {
      lines.append("title: \(pick(["Regression, §4", "<script>", "\u{1B}[2J", ""]))")
      lines.append(program())
      lines += some(0...1) { "domain: \($0.domain())" }
      lines += some(1...2) { random in
        "claim: \(random.claim())" + random.pick(["", "  # (4.3)", "  # refuted: <b>why</b>", " # \u{9b}31m"])
      }
    }
    let text = lines.joined(separator: "\n")
    return Array((slip(in: 3) ? damaged(text) : text).utf8)
  }

  /// A checkpoint with wrong bytes, or with one number of its header replaced by a large one.
  mutating func model(_ good: [UInt8]) -> [UInt8] {
    guard once(in: 2), good.count > 8 else { return damaged(good) }
    let length = good[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = Array(good[8..<8 + length])
    let digits = header.indices.filter { (0x30...0x39).contains(header[$0]) }
    let start = pick(digits)
    let end = header[start...].firstIndex { !(0x30...0x39).contains($0) } ?? header.endIndex
    let number = Array(pick(["0", "9223372036854775807", "-1", "4294967296", "1e999", "3", "null", "[]"]).utf8)
    let changed = Array(header[..<start]) + number + Array(header[end...])
    let size = (0..<8).map { UInt8(truncatingIfNeeded: changed.count >> (8 * $0)) }
    return size + changed + Array(good[(8 + length)...])
  }

  /// The four files of a folder of images, small ones.
  mutating func images() -> [(name: String, bytes: [UInt8])] {
    ["train", "t10k"].flatMap { part -> [(String, [UInt8])] in
      let count = below(4)
      let images = idx([count, 2, 2], (0..<count * 4).map { _ in UInt8(below(256)) })
      let labels = idx([count], (0..<count).map { _ in UInt8(once(in: 9) ? 77 : below(10)) })
      return [
        ("images/\(part)-images-idx3-ubyte", once(in: 5) ? damaged(images) : images),
        ("images/\(part)-labels-idx1-ubyte", once(in: 5) ? damaged(labels) : labels),
      ]
    }
  }

  private func idx(_ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(shape.count)] + shape.flatMap { size in (0..<4).map { UInt8(size >> (8 * (3 - $0)) & 255) } }
      + bytes
  }
}
