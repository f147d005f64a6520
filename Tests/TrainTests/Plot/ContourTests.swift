import Foundation
import Testing

@testable import ChainruleData

@Suite("Contours")
struct ContourTests {
  /// Twice the area inside a closed line, positive where it runs counterclockwise.
  private func area(_ line: [Plot.Point]) -> Double {
    zip(line, line.dropFirst() + line.prefix(1)).reduce(0) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2 }
  }

  @Test func aBowlHasCircles() {
    let bowl = Plot.Field(x: -2...2, y: -2...2, samples: 81) { $0 * $0 + $1 * $1 }
    for radius in [0.5, 1, 1.7] {
      let lines = bowl.contour(at: radius * radius)
      #expect(lines.count == 1)
      #expect(lines[0].first == lines[0].last)
      for point in lines[0] { #expect(abs(hypot(point.x, point.y) - radius) < 1e-3) }
      // Higher values lie on the left, so the circle is run through clockwise.
      #expect(abs(area(lines[0]) + .pi * radius * radius) < 0.01)
    }
    // The corners of the square lie beyond the circle of radius 2.
    #expect(bowl.contour(at: 5).count == 4)
    #expect(bowl.contour(at: 9).isEmpty)
  }

  @Test func aPlaneHasStraightLines() {
    let plane = Plot.Field(x: 0...1, y: 0...1, samples: 11) { x, _ in x }
    let lines = plane.contour(at: 0.33)
    #expect(lines.count == 1)
    #expect(lines[0].allSatisfy { abs($0.x - 0.33) < 1e-12 })
    #expect(Set(lines[0].map(\.y)).count == 11)
  }

  @Test(arguments: [(0.0, 4.0), (0.5, 3.5), (1, 3), (2.0, 2.0)])
  func outlinesHoldTheRightArea(level: Double, expected: Double) {
    let plane = Plot.Field(x: 0...4, y: 0...1, samples: 9) { x, _ in x }
    let outlines = plane.outlines(at: level)
    #expect(abs(outlines.reduce(0) { $0 + area($1) } - expected) < 1e-12)
  }

  @Test func outlinesLeaveHolesOut() {
    let bowl = Plot.Field(x: -2...2, y: -2...2, samples: 81) { $0 * $0 + $1 * $1 }
    #expect(abs(bowl.outlines(at: 1).reduce(0) { $0 + area($1) } - (16 - .pi)) < 0.01)
    let hole = Plot.Field(x: -2...2, y: -2...2, samples: 81) { abs($0) < 1 && abs($1) < 1 ? .nan : 1 }
    #expect(abs(hole.outlines(at: 0).reduce(0) { $0 + area($1) } - 12) < 0.01)
  }

  @Test func bothWaysThroughASaddle() {
    func saddle(_ middle: Double) -> [[Plot.Point]] {
      // High in two opposite corners; the mean of the four decides whether they are joined.
      Plot.Field(x: [0, 1], y: [0, 1], values: [1, middle, middle, 1]).contour(at: 0.5)
    }
    for lines in [saddle(0.2), saddle(-0.2)] { #expect(lines.count == 2) }
    // Joined: the lines cut off the low corners, (1, 0) and (0, 1). Not joined: the high ones.
    #expect(saddle(0.2).allSatisfy { abs(($0[0].x - $0[0].y) - ($0[1].x - $0[1].y)) < 1e-9 })
    #expect(saddle(-0.2).allSatisfy { abs($0[0].x + $0[0].y - $0[1].x - $0[1].y) < 1e-9 })
  }

  @Test func linesStopAtHoles() {
    let field = Plot.Field(x: 0...1, y: 0...1, samples: 21) { x, y in abs(y - 0.5) < 0.1 ? .nan : x }
    #expect(field.contour(at: 0.52).count == 2)
  }

  @Test func levelsOfABowlAreEvenlySpacedRings() {
    let levels = Plot.Field(x: -1...1, y: -1...1, samples: 101) { $0 * $0 + $1 * $1 }.defaultLevels
    let radii = levels.map { $0.squareRoot() }
    #expect(levels.count == 11)
    for (first, second) in zip(radii, radii.dropFirst()) { #expect(abs(second - first - 0.118) < 0.02) }
    #expect(Plot.Field(x: 0...1, y: 0...1) { _, _ in 7 }.defaultLevels == [])
    #expect(Plot.Field(x: 0...1, y: 0...1) { _, _ in .nan }.defaultLevels == [])
  }
}
