@testable import chainrule

/// Command lines with the files that they name.
struct FuzzInput: Sendable, CustomStringConvertible {
  var words: [String]
  var files: [(name: String, bytes: [UInt8])] = []

  var description: String {
    let files = files.map {
      "  \($0.name): \(String(decoding: $0.bytes.prefix(2000), as: UTF8.self).debugDescription)\n"
    }
    return "chainrule " + words.map(\.debugDescription).joined(separator: " ") + "\n" + files.joined()
  }
}

extension FuzzRandom {
  /// - Parameter models: good checkpoints, to be damaged.
  mutating func input(_ models: [[UInt8]]) -> FuzzInput {
    isWild = once(in: 3)
    let command = pick(Commands.all.map { $0.name } + ["verify", "train", "predict", "minimize"])
    var input = FuzzInput(words: [command])
    switch command {
    case "tape", "gradient", "minimize":
      let program = program()
      input.words.append(program)
      let used = Self.names.filter { program.contains($0) && (command != "minimize" || !once(in: 4)) }
      input.words += (slip(in: 5) ? Self.names : used).map { binding(of: $0) }
    case "plot":
      let formula = formula(2)
      input.words.append(formula)
      input.words += Self.names.filter { formula.contains($0) }.dropFirst().map { binding(of: $0) }
    case "verify":
      if once(in: 3) {
        input.words.append("c.formulas")
        input.files = [("c.formulas", formulas())]
      } else {
        input.words.append(program())
        for claim in some(1...2, { $0.claim() }) { input.words += ["--claim", claim] }
        for domain in some(0...2, { $0.domain() }) { input.words += ["--domain", domain] }
      }
    case "train":
      let (name, width) = data(&input)
      input.words += [
        "--data", name, "--layers", layers(width, outputs: name == "iris" ? 3 : name == "images" ? 10 : 1),
      ]
    default:
      let (name, width) = data(&input)
      input.words += ["--data", name, "--model", "m"]
      let good = models[once(in: 4) ? 2 : width == 2 ? 1 : 0]
      input.files.append(("m", once(in: 3) ? good : model(good)))
    }
    if command == "minimize", once(in: 3) { input.words += ["--data", data(&input).name] }
    if slip(in: 6) { input.words.insert(damaged(pick(input.words)), at: below(input.words.count + 1)) }
    let given = Set(input.words).union(slip(in: 3) ? [] : ["--claim", "--domain", "--data", "--label", "--test"])
    let declared = Commands.all.first { $0.name == command }!.init().all.filter { !given.contains("--\($0.name)") }
    for _ in 0..<below(command == "train" ? 5 : 3) { input.words += option(pick(declared), models, &input) }
    return input
  }

  /// - Returns: what `--data` says, and the number of its input columns.
  private mutating func data(_ input: inout FuzzInput) -> (name: String, inputs: Int) {
    switch below(8) {
    case 0: return ("iris", 4)
    case 1, 2: return ("commute", 2)
    case 3:
      input.files += images()
      return ("images", 4)
    default:
      let width = 1 + below(4)
      input.files.append(("d.csv", csv(width)))
      return ("d.csv", max(1, width - 1))
    }
  }

  private mutating func layers(_ inputs: Int, outputs: Int) -> String {
    if slip(in: 4) { return pick(["9223372036854775807,1", "0,1", "1", "4,", "3,-1", "1000000,1000000,1", "2,2"]) }
    return "\(inputs),\(once(in: 2) ? "\(1 + below(4))," : "")\(outputs)"
  }

  private mutating func option(
    _ option: any DeclaredOption, _ models: [[UInt8]], _ input: inout FuzzInput
  ) -> [String] {
    guard option.placeholder != nil else { return ["--\(option.name)"] }
    let isWritten = ["save", "plot", "surface", "history"].contains(option.name)
    if !isWritten, slip(in: 5) { return ["--\(option.name)", damaged(formula(1))] }
    if option.name == "resume" { input.files.append(("r", once(in: 2) ? pick(models) : model(pick(models)))) }
    return ["--\(option.name)", !isWritten && slip(in: 6) ? damaged(value(of: option)) : value(of: option)]
  }

  /// One that ends soon, where the option decides how long a command takes.
  private mutating func value(of option: any DeclaredOption) -> String {
    switch option.name {
    case "domain": pick(["x in [-2, 2]", "y in [0, 1e300]", "x in [-1e308, 1e308]", domain()])
    case "claim": claim()
    case "format": pick(["text", "json"] + (slip(in: 2) ? ["markdown", "dot", "mermaid", "html"] : []))
    case "output", "paths": pick(["c", "u", "x"] + Activations.names)
    case "method", "optimizer":
      pick(["descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lbfgs", "newton", "lm"])
    case "learning-rate": slip(in: 2) ? pick(["1e300", "1e-300", "1,0.5", "0"]) : pick(["0.1", "0.01"])
    case "schedule":
      pick(["1/t", "1/sqrt(t)", "cosine", "step:0.5,2", "exponential:0.9", "warmup:3,cosine", "step:0,0"])
    case "until": pick(["J < 0.01", "change < 1", "loss < 0.1", "accuracy > 0.5", "epoch >= 2", "x > 1", "c < 1"])
    case "iterations", "epochs", "restarts", "points", "patience", "batch", "limit", "save-every", "order", "threads":
      slip(in: 2) ? "0" : pick(["1", "2", "3"])
    case "separator": pick([",", ";", "tab", "ab", "é"])
    case "missing": pick(["drop", "mean", "median", "0", "refuse", "1e300"])
    case "categories": pick(["text", "x", "x,y"])
    case "seed": slip(in: 2) ? number() : "\(below(99))"
    case "layers": layers(1 + below(3), outputs: 1 + below(3))
    case "plot", "surface": "p.svg"
    case "history": pick(["h.csv", "h.json"])
    case "save": "s"
    case "resume": "r"
    case "loss":
      pick(["quadratic", "absolute", "cross-entropy", "hinge", "squared-hinge", "logistic", "perceptron"])
        .replacing("absolute", with: once(in: 2) ? "mean((a - y)^2)" : "mean(a)*y")
    case "activation": pick(Activations.names)
    case "sampling": pick(["withoutReplacement", "withReplacement", "inOrder"])
    case "precision": pick(["single", "double"])
    case "label", "target", "inputs":
      pick(["x", "y", "x,y", "1", "-1"] + (slip(in: 2) ? ["species", "the x", "99"] : []))
    case "classes": pick(["rest,setosa", "rose,tulip", "setosa", ""])
    case "test", "data": pick(["iris", "commute", "d.csv", "nowhere"])
    case "model": pick(["m", "d.csv"])
    case "holdout", "l1", "l2", "momentum", "decay", "clip", "seconds":
      slip(in: 2) ? pick(["1e300", "1e-300", "0", "nan"]) : pick(["0.5", "0.1"])
    default: pick((option.placeholder ?? "").split(separator: "|").map(String.init) + (slip(in: 2) ? [number()] : []))
    }
  }
}

private enum Activations {
  static let names = ["sigmoid", "softmax", "identity", "tanh", "relu"]
}
