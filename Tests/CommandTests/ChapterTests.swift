import Foundation
import Testing

/// The chapters of Docs, README and the articles of the libraries: every command that they show is run, and must print what stands below it and draw
/// the pictures that lie beside them.
@Suite("Chapters")
struct ChapterTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let chapters: [String] = {
    let docs = (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Docs").path)) ?? []
    let articles = ["Graph/Graph.docc/Inspecting", "Ops/Ops.docc/Verifying", "Train/Train.docc/Descents"]
    let names =
      ["README.md", "README.zh.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "Docs/" + $0 }
      + articles.map { "Sources/\($0).md" }
    return names.filter { ((try? text($0)) ?? "").contains("$ chainrule ") }
  }()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// A command and what stands below it.
  struct Command {
    let line: Int
    let text: String
    let output: [String]

    /// As it is run here: claims are compared at few points, which has the same verdicts and is ten times as fast.
    var quickly: String { text.replacingOccurrences(of: ".formulas", with: ".formulas --points 5") }

    /// Whether it needs a file that is not there for everybody.
    var isSkipped: Bool { text.contains("mnist") }

    static func all(in chapter: String) -> [Command] {
      let lines = chapter.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      var commands: [Command] = []
      var place = 0
      while place < lines.count {
        guard lines[place].hasPrefix("$ chainrule ") else {
          place += 1
          continue
        }
        let start = place
        var words = [String(lines[place].dropFirst(2))]
        while words.last!.hasSuffix("\\") {
          place += 1
          words.append(lines[place])
        }
        place += 1
        let output = lines[place...].prefix { !$0.hasPrefix("```") && !$0.hasPrefix("$ ") }
        place += output.count
        commands.append(Command(line: start + 1, text: words.joined(separator: "\n"), output: Array(output)))
      }
      return commands
    }
  }

  /// A file of Sources, shown below a line that ends with the link to it.
  struct Listing {
    let path: String
    let text: String

    static func all(in page: String) -> [Listing] {
      let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return lines.indices.dropFirst(2).compactMap { place in
        let title = lines[place - 2]
        guard lines[place] == "```swift", title.hasSuffix(".swift):"),
          let path = title.dropLast(2).components(separatedBy: "](../").last
        else { return nil }
        let shown = lines[(place + 1)...].prefix { $0 != "```" }
        return Listing(path: path, text: shown.map { $0 + "\n" }.joined())
      }
    }
  }

  @Test(arguments: chapters)
  func printsWhatItShows(_ chapter: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    let docs = folder.appendingPathComponent("Docs")
    try FileManager.default.createDirectory(
      at: docs.appendingPathComponent("Pictures"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["Formulas", "Data", "Documents"] {
      try FileManager.default.createSymbolicLink(
        at: docs.appendingPathComponent(name), withDestinationURL: Self.root.appendingPathComponent("Docs/\(name)"))
    }
    for command in Command.all(in: try Self.text(chapter)) where !command.isSkipped {
      let result = try Chainrule.shell(command.quickly, in: folder)
      let lines = (result.output + result.errors).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let difference = difference(command.output, lines.map(String.init))
      #expect(difference == nil, "\(chapter), line \(command.line): \(difference!)")
    }
    for picture in try FileManager.default.contentsOfDirectory(atPath: docs.appendingPathComponent("Pictures").path) {
      let drawn = try String(contentsOf: docs.appendingPathComponent("Pictures/\(picture)"), encoding: .utf8)
      let shown = try? Self.text("Docs/Pictures/\(picture)")
      let isSame = shown.map { areAlike($0, drawn, within: 0.25) } ?? false
      #expect(isSame, "Docs/Pictures/\(picture) is not what \(chapter) draws")
    }
  }

  /// Sources that a page shows whole are the files as they stand.
  @Test func listingsAreTheFiles() throws {
    let listings = Listing.all(in: try Self.text("Docs/AddingAnOperation.md"))
    #expect(listings.map(\.path) == ["Sources/Ops/Rules/Cbrt.swift", "Sources/Ops/Tensors/Rules/Roll.swift"])
    for listing in listings {
      let source = try Self.text(listing.path)
      #expect(listing.text == source, "\(listing.path) is not what the page shows")
    }
  }

  @Test func differencesAreSeen() {
    #expect(difference(["a 1.5", "…", "b 2"], ["a 1.50000000001", "x", "y", "b  2"]) == nil)
    #expect(difference(["a 1.5"], ["a 1.50001"]) != nil)
    #expect(difference(["a", "…"], ["b"]) != nil)
    #expect(difference(["a"], ["a", "b"]) != nil)
    #expect(difference(["a", "b"], ["a"]) != nil)
  }
}

/// How the lines differ, or nil. A line `…` stands for any number of lines. Numbers may differ where rounding on
/// another processor may.
private func difference(_ expected: [String], _ found: [String]) -> String? {
  var found = found[...]
  for (place, line) in expected.enumerated() {
    if line.trimmingCharacters(in: .whitespaces) == "…" {
      let rest = Array(expected[(place + 1)...])
      let end = found.indices.first { difference(rest, Array(found[$0...])) == nil }
      return end == nil && !rest.isEmpty ? "nothing is as it stands behind …, from '\(rest[0])'" : nil
    }
    guard let next = found.popFirst() else { return "expected '\(line)', found the end" }
    if !areAlike(line, next, within: 1e-12) { return "expected '\(line)', found '\(next)'" }
  }
  return found.first.map { "expected the end, found '\($0)'" }
}

/// Whether two texts have the same words, and numbers that agree to six digits or to `tolerance`.
private func areAlike(_ a: String, _ b: String, within tolerance: Double) -> Bool {
  let (first, second) = (Pieces(a), Pieces(b))
  return first.words == second.words
    && zip(first.numbers, second.numbers).allSatisfy { abs($0 - $1) <= max(tolerance, 1e-6 * max(abs($0), abs($1))) }
}

/// A text taken apart into numbers and what stands between them, with blanks of any length as one.
private struct Pieces {
  var words = ""
  var numbers: [Double] = []

  init(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.first {
      if let (number, length) = Self.number(bytes) {
        numbers.append(number)
        words += "#"
        bytes = bytes.dropFirst(length)
      } else {
        if byte != UInt8(ascii: " ") || !words.hasSuffix(" ") { words.unicodeScalars.append(Unicode.Scalar(byte)) }
        bytes = bytes.dropFirst()
      }
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> (Double, length: Int)? {
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false }
    var end = bytes.startIndex
    func at(_ place: Int) -> UInt8? { place < bytes.endIndex ? bytes[place] : nil }
    if at(end) == UInt8(ascii: "-") { end += 1 }
    guard isDigit(at(end)) else { return nil }
    while isDigit(at(end)) { end += 1 }
    if at(end) == UInt8(ascii: "."), isDigit(at(end + 1)) {
      end += 1
      while isDigit(at(end)) { end += 1 }
    }
    if at(end) == UInt8(ascii: "e") {
      let sign = at(end + 1) == UInt8(ascii: "-") ? 2 : 1
      if isDigit(at(end + sign)) {
        end += sign
        while isDigit(at(end)) { end += 1 }
      }
    }
    return Double(String(decoding: bytes[..<end], as: UTF8.self)).map { ($0, end - bytes.startIndex) }
  }
}
