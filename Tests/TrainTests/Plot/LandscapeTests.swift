import Foundation
import Testing

@testable import ChainruleData

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Landscape")
struct LandscapeTests {
  private static let bowl = Plot.Field(x: -2...2, y: -2...2, samples: 5) { $0 * $0 + $1 * $1 }

  /// The corners of the cells, in the order in which they are painted.
  private func cells(_ svg: String) -> [String] {
    svg.matches(of: /d="(M[^"]*Z)" class="r/).map { String($0.output.1) }
  }

  @Test func everyCellIsPainted() {
    let svg = Landscape(Self.bowl, title: "<bowl>", xLabel: "x", yLabel: "y", zLabel: "J").svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(cells(svg).count == 16)
    #expect(!svg.contains("nan") && !svg.contains("inf\""))
  }

  /// On a level ground what is painted later lies lower in the picture, which is nearer.
  @Test(arguments: [-35.0, 55, 145, 235])
  func fromTheBackToTheFront(turn: Double) {
    var picture = Landscape(Plot.Field(x: 0...1, y: 0...1, samples: 9) { _, _ in 1 })
    picture.turn = turn
    let heights = cells(picture.svg).map { cell in
      cell.matches(of: /[ ]([0-9.]+)/).compactMap { Double($0.output.1) }.reduce(0, +)
    }
    #expect(heights.count == 64 && zip(heights, heights.dropFirst()).allSatisfy { $0 <= $1 + 0.5 })
  }

  @Test func aHoleWhereThereIsNoValue() {
    let field = Plot.Field(x: -2...2, y: -2...2, samples: 5) { x, y in x > 1.5 && y > 1.5 ? .nan : x }
    #expect(cells(Landscape(field).svg).count == 15)
  }

  /// It turns so that a path on the inner wall of a bowl is not behind the outer one.
  @Test(arguments: [(2.0, 2.0), (-2, 2), (2, -2), (-2, -2)])
  func thePathIsNotHidden(x: Double, y: Double) {
    let field = Plot.Field(x: -2...2, y: -2...2, samples: 31) { $0 * $0 + $1 * $1 }
    let shares = stride(from: 0.9, through: 0.1, by: -0.1).map { $0 }
    func picture(turn: Double?) -> String {
      var picture = Landscape(field)
      picture.turn = turn
      picture.path(x: shares.map { $0 * x }, y: shares.map { $0 * y }, z: shares.map { $0 * $0 * (x * x + y * y) })
      return picture.svg
    }
    // Behind the middle seen from the eye: x·sin + y·cos of the turn is large there.
    let turn = [-35.0, 55, 145, 235].max { depth($0) < depth($1) }!
    func depth(_ turn: Double) -> Double { x * sin(turn * .pi / 180) + y * cos(turn * .pi / 180) }
    let others = [-35.0, 55, 145, 235].filter { depth($0) < 0 }
    #expect(!others.map { picture(turn: $0) }.contains(picture(turn: nil)))
    #expect([turn, -35].map { picture(turn: $0) }.contains(picture(turn: nil)))
  }
}
