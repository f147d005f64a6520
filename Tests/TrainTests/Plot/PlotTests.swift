import Foundation
import Testing

@testable import ChainruleData

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Plot")
struct PlotTests {
  /// One picture of every kind.
  static let pictures: [(name: String, plot: Plot)] = {
    var lines = Plot(title: "损失 <C> & \"J\"", xLabel: "epoch", yLabel: "C", yScale: .logarithmic)
    lines.line("训练", y: [1, 0.5, .nan, 0.25, 0])
    lines.curve("1/x", over: -1...1, samples: 50) { 1 / $0 }
    var points = Plot(title: "points")
    for name in ["a", "b", "c", "d", "e"] { points.points(name, x: [1, 2], y: [3, 4]) }
    var contours = Plot(title: "contours", xLabel: "x", yLabel: "y")
    contours.contours(Plot.Field(x: -2...2, y: -2...2, samples: 20) { $0 * $0 + $1 * $1 })
    contours.path("descent", x: [1.5, 0.5, 0], y: [1, 0.2, 0])
    var surface = Plot(title: "surface")
    surface.surface("C", Plot.Field(x: -2...2, y: -2...2, samples: 20) { $0 * $1 })
    surface.path("descent", x: [0, 1], y: [0, 1])
    var regions = Plot(title: "regions")
    regions.regions(
      Plot.Field(x: 0...1, y: 0...1, samples: 20) { x, _ in x < 0.5 ? 0 : 1 }, classes: ["no", "yes"])
    return [
      ("lines", lines), ("points", points), ("contours", contours), ("surface", surface),
      ("regions", regions),
      ("empty", Plot()),
    ]
  }()

  @Test(arguments: pictures.map(\.name))
  func isWellFormed(name: String) {
    let svg = Self.pictures.first { $0.name == name }!.plot.svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(!svg.contains("nan") && !svg.contains("inf\""))
    #expect(svg.contains("prefers-color-scheme:dark"))
  }

  @Test func aGridIsWellFormedAndAsLargeAsItsPictures() {
    let svg = PlotGrid(Self.pictures.map(\.plot), columns: 4).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("width=\"2560\" height=\"840\""))
    #expect(svg.components(separatedBy: "<style>").count == 2)
    #expect(XMLParser(data: Data(PlotGrid([], columns: 1).svg.utf8)).parse())
  }

  @Test func wordsAreEscapedAndControlCharactersLeftOut() {
    #expect(SVG.escaped("<a href=\"x\">&\u{0}\u{1b}\n") == "&lt;a href=&quot;x&quot;&gt;&amp; ")
  }

  @Test(arguments: [
    (0.0, "0"), (1.04, "1"), (-0.04, "0"), (12.35, "12.4"), (-3.25, "-3.3"), (100_000, "100000"),
  ])
  func lengths(value: Double, text: String) { #expect(SVG.number(value) == text) }

  /// The data of the lines' paths: what was drawn where.
  private func lines(_ plot: Plot) -> [String] {
    plot.svg.split(separator: "\n").filter { $0.contains("class=\"line s") }
      .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
  }

  @Test func aLineGoesThroughItsPoints() {
    var plot = Plot(width: 200, height: 150)
    (plot.xRange, plot.yRange) = (0...2, 0...1)
    plot.line(y: [0, 1, 0.5])
    let layout = PlotLayout(plot)
    let (right, bottom) = (layout.panelWidth, layout.panelHeight)
    let places = [(0, bottom), (right / 2, 0), (right, bottom / 2)]
    let expected = places.map { SVG.number($0.0) + " " + SVG.number($0.1) }.joined(separator: "L")
    #expect(lines(plot) == ["M" + expected])
  }

  @Test(arguments: [
    ([1, .nan, 2, 3], 2), ([1, 2, .infinity], 1), ([.nan, .nan], 0), ([1, .nan, 2, .nan, 3], 3),
  ])
  func gaps(values: [Double], pieces: Int) {
    var plot = Plot()
    plot.line(y: values)
    #expect(lines(plot).joined().count { $0 == "M" } == pieces)
  }

  @Test func polesInterruptACurveAndZerosDoNot() {
    for (function, pieces) in [({ 1 / $0 }, 2), ({ $0 }, 1), ({ tan($0) }, 3), ({ $0 < 0 ? -1 : 1 }, 1)]
      as [((Double) -> Double, Int)]
    {
      var plot = Plot()
      plot.curve(over: -2...2.1, function)
      #expect(lines(plot).joined().count { $0 == "M" } == pieces)
    }
  }

  @Test func aLongLineStaysASmallFileAndKeepsItsExtremes() {
    var generator = SeededGenerator(seed: 1)
    var values = (0..<50_000).map { _ in generator.normal() }
    values[31_234] = 50
    var plot = Plot()
    plot.line(y: values)
    #expect(plot.svg.utf8.count < 60_000)
    let layout = PlotLayout(plot)
    let top = layout.place(Plot.Point(x: 31_234, y: 50))!
    #expect(lines(plot)[0].contains(SVG.number(top.x) + " " + SVG.number(top.y)))
  }

  /// No two labels of an axis touch, and nothing reaches beyond the picture, by the estimated widths.
  @Test func labelsDoNotOverlap() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<500 {
      let scale: Plot.Scale = generator.uniform() < 0.5 ? .linear : .logarithmic
      var plot = Plot(
        title: "t", xLabel: "x", yLabel: "y", xScale: scale, yScale: scale, width: 320, height: 240)
      let size = powerOfTen(generator.index(below: 30) - 15)
      func value() -> Double {
        size * (scale == .linear ? generator.normal() : powerOfTen(generator.index(below: 20)))
      }
      plot.points("p", x: [value(), value()], y: [value(), value()])
      let layout = PlotLayout(plot)
      func half(_ label: String) -> Double { textWidth(label, size: PlotStyle.tickSize) / 2 }
      for (first, second) in zip(layout.xTicks, layout.xTicks.dropFirst()) {
        #expect(first.x + half(first.label) < second.x - half(second.label))
      }
      for (x, label) in layout.xTicks { #expect(x - half(label) > -4 && x + half(label) < plot.width + 4) }
      for (_, label) in layout.yTicks { #expect(layout.left - 8 - 2 * half(label) > 22) }
    }
  }

  @Test(arguments: [
    ("short", 100.0, ["short"]),
    ("two words", 50, ["two ", "words"]),
    ("没有空格的很长的标题", 60, ["没有空格", "的很长的", "标题"]),
    ("unbreakablelongword", 60, ["unbreak", "ablelo…"]),
    ("", 10, []),
  ])
  func titlesAreBroken(text: String, width: Double, lines: [String]) {
    #expect(wrapped(text, width: width, size: 14, limit: text.hasPrefix("un") ? 2 : 3) == lines)
  }

  @Test func colourNumbers() {
    #expect(Self.pictures[1].plot.seriesNumbers == [0, 1, 2, 3, 4])
    // On a blue surface blue is passed over.
    #expect(Self.pictures[3].plot.seriesNumbers == [0, 1])
    #expect(Self.pictures[4].plot.seriesCount == 2)
  }

  @Test func coloursHaveContrast() {
    func luminance(_ hex: String) -> Double {
      let value = Int(hex.dropFirst(), radix: 16)!
      let parts = [value >> 16, value >> 8 & 255, value & 255].map { Double($0) / 255 }
      let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    for colour in PlotStyle.seriesColours {
      #expect(1.05 / (luminance(colour.light) + 0.05) > 3)
      #expect((luminance(colour.dark) + 0.05) / (luminance("#0d1117") + 0.05) > 3)
    }
  }

  @Test func aPictureIsWrittenWhole() throws {
    let folder = TemporaryFolder()
    try Self.pictures[0].plot.write(to: folder.file("p.svg"))
    #expect(try WholeFile.read(folder.file("p.svg")) == Array(Self.pictures[0].plot.svg.utf8))
    let error = fileError { () throws(FileError) in try Plot().write(to: "/no/such/folder/p.svg") }
    #expect(error?.kind == .unwritable)
  }
}
