import Train

/// `chainrule verify`: verdicts on formulas derived by hand.
enum VerifyCommand: Command {
  static let name = "verify"
  static let summary = "is a derivative found on paper right? Verdicts, with a counterexample where not"
  static let help = """
    chainrule verify PROGRAM --claim CLAIM… [--domain DOMAIN…] [--points N] [--seed N] [--suggest]
                     [--format text|json|markdown]
    chainrule verify FILE.formulas [--points N] [--seed N] [--suggest] [--format text|json|markdown]

    Tests claims about a program against its derivatives by the chain rule.

      --claim CLAIM      dc/dw = 2*e*x, d2c/dw2 = 2*x^2, d2c/dwdb = 2*x, or an identity A = B
      --domain DOMAIN    y in {-1, 1}, x in [-2, 2], X: [5, 3], n = 5; else numbers from [-2, 2]
      --points N         how many points to compare (100); fewer where each has thousands of derivatives
      --seed N           another seed gives other points (1)
      --suggest          a right form of each refuted gradient
      --format FORM      text, json or markdown

    Exit status: 0 every claim holds (or is refuted where the file expects it), 1 one does not, 2 one could
    not be tested.

    Examples:
      chainrule verify 'ŷ = w*x + b; e = ŷ - y; c = e^2' --claim 'dc/dw = 2*e*x' --claim 'dc/db = e'
      chainrule verify 'C = sum((X@W - Y)^2)/(2*n)' --claim "dC/dW = X'@(X@W - Y)/n" \\
        --domain 'X: [5, 3]' --domain 'W: [3, 1]' --domain 'Y: [5, 1]' --domain 'n = 5'
    """

  static func run(_ words: [String]) throws -> Int32 {
    let arguments = try Arguments(
      words, options: ["claim", "domain", "points", "seed", "format"], flags: ["suggest"])
    let format: VerifyReport.Format = try arguments.choice("format")
    let report = VerifyReport(lines: try lines(arguments))
    show(report.text(format))
    return report.status
  }

  private static func lines(_ arguments: Arguments) throws -> [FormulasReport.Line] {
    let points = try arguments.number("points", default: 100, in: 1...1_000_000)
    let seed = UInt64(try arguments.number("seed", default: 1, in: 0...Int.max))
    guard let first = arguments.words.first else {
      throw Failure("a program or a file is missing; try chainrule verify --help")
    }
    guard arguments.words.count == 1 else {
      throw Failure("one program or file is expected, found also \(arguments.words[1].quoted)")
    }
    if first.hasSuffix(".formulas") {
      guard arguments.all("claim").isEmpty, arguments.all("domain").isEmpty else {
        throw Failure("--claim and --domain belong to a program; a file has its own")
      }
      return try inFile(first) {
        try FormulasFile(parsing: $0).verify(points: points, seed: seed, suggesting: arguments.has("suggest"))
          .lines
      }
    }
    guard !arguments.all("claim").isEmpty else {
      throw Failure("a claim is missing: --claim 'dc/dw = …'; or a file of claims, whose name ends in .formulas")
    }
    return try FormulasFile(program: first, domains: arguments.all("domain"), claims: arguments.all("claim"))
      .verify(points: points, seed: seed, suggesting: arguments.has("suggest")).lines
  }

  /// Errors in a file bear its name.
  private static func inFile(
    _ path: String, _ body: (String) throws -> [FormulasReport.Line]
  ) throws -> [FormulasReport.Line] {
    let bytes = try WholeFile.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path): the text is not UTF-8")
    }
    do {
      return try body(text)
    } catch {
      throw Failure("\(path): \(error)")
    }
  }
}
