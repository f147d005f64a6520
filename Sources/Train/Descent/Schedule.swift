/// The learning rate as a function of the step.
///
/// ```swift
/// Schedule.inverseSquareRoot(0.06)(4)                      // 0.03
/// Schedule.warmUp(10, then: .constant(0.1))(5)             // 0.05
/// try Schedule(parsing: "cosine", rate: 0.1, steps: 100)   // from 0.1 down to 0 in 100 steps
/// ```
public indirect enum Schedule: Sendable, Equatable {
  /// η = C
  case constant(Double)
  /// η = C/√t: slow enough to go on searching, fast enough to quieten the noise of single examples.
  case inverseSquareRoot(Double)
  /// η = C/t: the one whose squares have a finite sum, as the theorem of Robbins and Monro asks.
  case inverse(Double)
  /// η = C·factorᵏ, with k growing by 1 every `every` steps
  case step(Double, factor: Double, every: Int)
  /// η = C·factorᵗ⁻¹
  case exponential(Double, factor: Double)
  /// η = end + (C − end)·(1 + cos(π·(t − 1)/(steps − 1)))/2, and `end` afterwards
  case cosine(Double, end: Double = 0, steps: Int)
  /// η = (t/steps)·η₁ in the first steps, with η₁ the rate that `then` begins with; afterwards `then` from its step 1
  case warmUp(Int, then: Schedule)

  /// The rate of step t = 1, 2, ….
  public func callAsFunction(_ t: Int) -> Double {
    switch self {
    case .constant(let c): c
    case .inverseSquareRoot(let c): c / Double(t).squareRoot()
    case .inverse(let c): c / Double(t)
    case .step(let c, let factor, let every): c * Double.pow(factor, Double((t - 1) / max(every, 1)))
    case .exponential(let c, let factor): c * Double.pow(factor, Double(t - 1))
    case .cosine(let c, let end, let steps):
      end + (c - end) * (1 + Double.cos(.pi * Double(min(t, steps) - 1) / Double(max(steps - 1, 1)))) / 2
    case .warmUp(let steps, let then): t <= steps ? then(1) * Double(t) / Double(steps) : then(t - steps)
    }
  }
}

extension Schedule {
  /// A schedule by name, as options of commands give it.
  ///
  /// The names: `constant`, `1/sqrt(t)`, `1/t`, `step:FACTOR,EVERY`, `exponential:FACTOR`, `cosine`; in front of each
  /// may stand `warmup:STEPS,`.
  /// - Parameters:
  ///   - text: the name.
  ///   - rate: C.
  ///   - steps: how many steps there will be, for `cosine`.
  /// - Throws: `OptionError` with the names there are.
  public init(parsing text: String, rate: Double, steps: Int) throws(OptionError) {
    var (name, numbers) = try Self.parts(text)
    if name == "warmup" {
      let pieces = text.split(separator: ",", maxSplits: 1).map(String.init)
      guard pieces.count == 2, let warm = Int(pieces[0].dropFirst("warmup:".count)), warm > 0 else {
        throw OptionError("expected warmup:STEPS,SCHEDULE, found '\(text)'")
      }
      self = .warmUp(warm, then: try Schedule(parsing: pieces[1], rate: rate, steps: max(steps - warm, 1)))
      return
    }
    if name == "step", numbers.count == 1 { numbers.append(Double(max(steps / 3, 1))) }
    switch (name, numbers.count) {
    case ("constant", 0): self = .constant(rate)
    case ("1/sqrt(t)", 0), ("1/√t", 0): self = .inverseSquareRoot(rate)
    case ("1/t", 0): self = .inverse(rate)
    case ("step", 2):
      guard let every = Int(exactly: numbers[1]) else {
        throw OptionError("expected step:FACTOR,EVERY with a whole number EVERY, found '\(text)'")
      }
      self = .step(rate, factor: numbers[0], every: every)
    case ("exponential", 1): self = .exponential(rate, factor: numbers[0])
    case ("cosine", 0): self = .cosine(rate, steps: steps)
    default:
      throw OptionError(
        "expected constant, 1/sqrt(t), 1/t, step:FACTOR,EVERY, exponential:FACTOR or cosine, "
          + "perhaps after warmup:STEPS, found '\(text)'")
    }
  }

  /// `step:0.5,100` as `step` and its numbers.
  private static func parts(_ text: String) throws(OptionError) -> (String, [Double]) {
    let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard halves.count == 2, halves[0] != "warmup" else { return (halves.first ?? "", []) }
    let numbers = halves[1].split(separator: ",").map { Double($0) ?? .nan }
    guard numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw OptionError("expected positive numbers behind '\(halves[0]):', found '\(halves[1])'")
    }
    return (halves[0], numbers)
  }
}
