import Train

/// A loss by name, or a formula of the output a, the score z and the target y.
enum LossChoice {
  case named(Loss)
  case formula(Program, text: String)

  var text: String {
    switch self {
    case .named(let loss): loss.rawValue
    case .formula(_, let text): text
    }
  }

  /// That of the name; a formula has its middle between classes where the quadratic loss has it.
  var named: Loss { if case .named(let loss) = self { loss } else { .quadratic } }

  /// Whether it is one of classes, so that a column of numbers is read as such.
  var isAboutSigns: Bool {
    guard case .named(let loss) = self else { return false }
    return loss.readsScore || loss == .crossEntropy
  }
}

extension Reader where Value == LossChoice {
  static var loss: Self {
    Self { text in
      if let loss = Loss(rawValue: text) { return .named(loss) }
      guard text.contains(where: { !$0.isLetter && $0 != "-" }) else {
        let near = suggested(for: text, among: Loss.allCases.map(\.rawValue))
        let known = Loss.allCases.map(\.rawValue).joined(separator: ", ")
        throw OptionError("expected one of \(known), or a formula of a, z and y, found \(text.quoted)" + near)
      }
      let program = try Program(parsing: text)
      for statement in program.statements { try statement.formula.checkNames(among: program.names + ["a", "z", "y"]) }
      guard program.freeNames.contains("y") else { throw OptionError("the formula does not use the target y") }
      return .formula(program, text: text)
    }
  }
}

extension Reader where Value == [Int] {
  static var layers: Self {
    Self { text in
      let layers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      guard layers.count > 1, layers.allSatisfy({ (1...1_000_000).contains($0) }) else {
        throw OptionError("expected sizes from inputs to outputs, such as 4,8,3, found \(text.quoted)")
      }
      let weights = zip(layers, layers.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
      guard weights <= 1 << 30 else { throw OptionError("\(weights) weights are more than fit here (\(1 << 30))") }
      return layers
    }
  }
}

extension Reader where Value == Activation {
  /// That of hidden layers.
  static var hidden: Self {
    Self { text in
      let activation = try Reader.choice.read(text)
      guard activation != .softmax else { throw OptionError("only the output can be softmax") }
      return activation
    }
  }
}

extension Reader where Value == Double {
  static var momentum: Self {
    Self { text in
      let momentum = try Reader.positive.read(text)
      guard momentum < 1 else { throw OptionError("expected a number below 1, found \(text)") }
      return momentum
    }
  }
}
