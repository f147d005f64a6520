import Foundation
import Testing

/// The picture of README: the page of the command below it, in the middle of the backward walk.
///
/// `WRITE_PICTURES=1 swift test --filter InspectorPicture` takes it again.
@Suite("the picture of the inspector", .enabled(if: Browser.isHere))
struct InspectorPictureTests {
  private static let command = [
    "tape", "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2", "w=5", "x=1", "b=1", "y=2", "--format", "html",
  ]

  @Test func isTheCommandOfREADME() throws {
    let words = Self.command.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
    for page in ["README.md", "README.zh.md"] {
      let text = try String(contentsOf: Repository.file(page), encoding: .utf8)
      #expect(text.contains("chainrule \(words) -o tape.html\n"), "\(page)")
    }
  }

  @Test(arguments: [(name: "inspector", isDark: false), (name: "inspector-dark", isDark: true)])
  func picture(_ name: String, isDark: Bool) throws {
    let file = Repository.file("Docs/Pictures/\(name).png")
    if ProcessInfo.processInfo.environment["WRITE_PICTURES"] != nil {
      let page = Chainrule.called(Self.command).output
      let state = "go(seedPlace + 6); choose(tape.nodes.find((node) => node.label === 'w').index);"
      try Browser.screenshot(of: page, after: state, width: 970, height: 680, isDark: isDark, to: file)
    }
    let size = try #require(try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int)
    #expect(size < 200_000)
  }
}

/// Files of the package.
enum Repository {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func file(_ path: String) -> URL { root.appendingPathComponent(path) }
}
