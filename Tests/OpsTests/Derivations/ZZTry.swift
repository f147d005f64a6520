import Foundation
import Testing
@testable import Ops

@Suite struct ZZTry {
  @Test func show() throws {
    guard let path = ProcessInfo.processInfo.environment["DOC"] else { return }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let side =
      try ProcessInfo.processInfo.environment["SIDE"].map { [try String(contentsOfFile: $0, encoding: .utf8)] } ?? []
    let reader = try DerivationReader(scan(text), declarations: side)
    let verbose = ProcessInfo.processInfo.environment["V"] != nil
    var counts: [String: Int] = [:]
    _ = reader.check(points: 20, seed: 1) { f in
      var key = f.kind.rawValue
      if f.kind == .claim { key += " " + f.verdict!.outcome.rawValue + (f.verdict!.isProved ? " proved" : "") }
      counts[key, default: 0] += 1
      if f.kind == .mention && !verbose && f.reason == nil { return }
      if f.kind == .declaration && !verbose { return }
      print("\(f.line):\(f.column) [\(f.kind.rawValue)] \(f.latex.prefix(110))")
      if !f.reading.isEmpty { print("      = \(f.reading.prefix(200))") }
      if let v = f.verdict { print("      \(v.outcome.rawValue): \(v.explanation.prefix(250)) \(f.sizes)") }
      if let r = f.reason { print("      reason: \(r)") }
    }
    print(counts.sorted { $0.key < $1.key })
  }

  func scan(_ text: String) -> [DocumentItem] {
    let source = SourceText(text)
    let chars = Array(text)
    var items: [DocumentItem] = []
    var i = 0
    while i < chars.count {
      if chars[i] == "#", i == 0 || chars[i - 1] == "\n" {
        var e = i
        while e < chars.count, chars[e] != "\n" { e += 1 }
        let line = String(chars[i..<e])
        items.append(
          .heading(level: line.prefix { $0 == "#" }.count, title: line.drop { $0 == "#" || $0 == " " }.description))
        i = e
      } else if chars[i] == "<", String(chars[i..<min(chars.count, i + 14)]) == "<!-- chainrule" {
        var e = i + 14
        while e < chars.count, !(chars[e] == "-" && chars[e + 1] == "-") { e += 1 }
        let s = i + 15
        items.append(.declaration(String(chars[s..<e]), Location(source: source, offset: s)))
        i = e
      } else if chars[i] == "$" {
        let display = i + 1 < chars.count && chars[i + 1] == "$"
        let s = i + (display ? 2 : 1)
        var e = s
        while e < chars.count, chars[e] != "$" { e += 1 }
        items.append(.math(MathSpan(String(chars[s..<e]), at: Location(source: source, offset: s), isDisplay: display)))
        i = e + (display ? 2 : 1)
      } else {
        i += 1
      }
    }
    return items
  }
}
