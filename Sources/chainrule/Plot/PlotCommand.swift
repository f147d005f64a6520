import Train

/// `chainrule plot`: the curves of functions of one value, and of their derivatives.
struct PlotCommand: Command {
  static let name = "plot"
  static let summary = "the curves of functions of one value, and of their derivatives, as a picture"
  static let operands = ["FORMULA… [NAME=VALUE…]"]
  static let about = "Draws formulas of one name over an interval. Other names get values: a=2."
  static let examples = [
    "chainrule plot 'sigmoid(x)' 'tanh(x)' 'relu(x)' --domain 'x in [-4, 4]' --derivatives --plot activations.svg"
  ]

  @Option(each: "domain", "'x in [a, b]'", .interval, "the interval; [-5, 5] unless given")
  var domains: [Formula.Domain]
  @Option(flag: "derivatives", "their derivatives beside them, from the tape") var showsDerivatives: Bool
  @Option("plot", "FILE.svg", .file("svg"), "writes there; to standard output unless given") var path: String?

  func run(_ words: [String], _ console: Console) throws -> Int32 {
    let curves = try Curves(words, $domains)
    let picture = try curves.picture(withDerivatives: showsDerivatives)
    if let path { try picture.write(to: path) } else { console.print(picture.svg) }
    return 0
  }
}
