import Testing

@testable import chainrule

/// What one declaration of an option gives: the parser, `--help` and the messages.
@Suite("options")
struct OptionTests {
  private struct Sample: Command {
    static let (name, summary, about) = ("sample", "a sample", "Does nothing.")
    static let operands = ["WORD…"]
    static let examples = ["chainrule sample"]
    enum Form: String, CaseIterable { case text, json }

    @Option("points", "N", .whole(in: 1...10), "how many points") var points = 5
    @Option("rate", "η", .positive, "how far") var rate: Double?
    @Option(each: "claim", "CLAIM", .text, "what is claimed") var claims: [String]
    @Option(flag: "fast", "hurries", excludes: ["rate"]) var isFast: Bool
    @Option("format", "how it looks") var format = Form.text
    @Option("every", "N", .whole(in: 1...Int.max), "now and then", needs: ["rate", "claim"]) var every: Int?
    func run(_ words: [String], _ console: Console) throws -> Int32 { 0 }
  }

  private func parsed(_ words: String...) throws -> (sample: Sample, words: [String]) {
    let sample = Sample()
    return (sample, try read(sample, words))
  }

  private func read(_ sample: Sample, _ list: [String]) throws -> [String] {
    let words = try sample.read(list)
    try sample.checkTogether()
    return words
  }

  @Test func values() throws {
    let (sample, words) = try parsed(
      "a", "--points=7", "--claim", "x", "--rate", "0.5", "--claim", "--fast", "--format", "json", "--", "--b")
    #expect(sample.points == 7 && sample.rate == 0.5 && sample.claims == ["x", "--fast"] && sample.format == .json)
    #expect(!sample.isFast && words == ["a", "--b"])
  }

  @Test func defaults() throws {
    let (sample, words) = try parsed()
    #expect(sample.points == 5 && sample.rate == nil && sample.claims == [] && !sample.isFast && words.isEmpty)
    #expect(!sample.$points.isGiven)
    #expect(try parsed("--points", "5").sample.$points.isGiven)
    #expect(try parsed("--points", "5", "--points", "6").sample.points == 6)
  }

  @Test(arguments: [
    (["--points", "11"], "--points: expected a whole number from 1 to 10, found '11'"),
    (["--every", "0", "--rate", "1"], "--every: expected a whole number from 1 up, found '0'"),
    (["--rate", "inf"], "--rate: expected a positive number, found 'inf'"),
    (["--format", "xml"], "--format: expected one of text, json, found 'xml'"),
    (["--rate", "1", "--fast"], "--rate: does not go with --fast"),
    (["--every", "2"], "--every: expected --rate or --claim beside it"),
    (["--fast=yes"], "--fast takes no value"),
    (["--pionts", "1"], "no option '--pionts'; did you mean '--points'?"),
    (["--rate"], "--rate needs a value"), (["--lr", "1"], "no option '--lr'; --help lists them all"),
  ])
  func mistakes(words: [String], message: String) {
    #expect(performing: { try read(Sample(), words) }, throws: { "\($0)" == message })
  }

  @Test func help() {
    #expect(
      Sample.help == """
        chainrule sample WORD… [options]

        Does nothing.

          --points N           how many points; 5 unless given
          --rate η             how far
          --claim CLAIM        what is claimed
          --fast               hurries
          --format text|json   how it looks
          --every N            now and then

        Example:
          chainrule sample
        """)
  }

  /// Each option of each command stands in its help, and no two have one name.
  @Test(arguments: Commands.all.map { $0.name })
  func commands(name: String) throws {
    let command = try #require(Commands.all.first { $0.name == name })
    let options = command.init().all
    #expect(Set(options.map(\.name)).count == options.count)
    for option in options { #expect(command.help.contains("  \(option.usage)"), "\(option.name)") }
    let known = Set(options.map(\.name))
    #expect(known.isSuperset(of: options.flatMap(\.excluded)) && known.isSuperset(of: options.flatMap(\.needed)))
    #expect(command.help.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }
}
