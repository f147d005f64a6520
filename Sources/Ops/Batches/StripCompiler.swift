import ChainruleKernels

/// A step before places are given out.
struct StripStep {
  enum Target {
    /// A strip, by the value that it holds: that of an instruction, or one beyond them.
    case value(Int)
    /// A sum over all points.
    case total(Int)
    /// Two strips: that of a tanh, and that of its slope.
    case valueAndSlope(Int, Int)
    /// Sums over all points, one for each operand but the first.
    case totals([Int])

    /// Those that it holds in strips.
    var values: [Int] {
      switch self {
      case .value(let value): [value]
      case .valueAndSlope(let value, let slope): [value, slope]
      case .total, .totals: []
      }
    }
  }
  let operation: ck_operation
  let target: Target
  /// The values that it reads; of a dot what the products are added to, and then their factors, of which the first of each
  /// two differs from point to point; of totals of products the factor that all have, and then the others.
  let operands: [Int]
}

/// Turns a trace of numbers into steps over strips: what is the same for all points is set aside, products that are only
/// added up become one step with their sum, and what is only summed over the points is summed where it arises.
struct StripCompiler {
  private var instructions: [Instruction]
  /// By tanh, the instruction of its slope, which is computed with it.
  private var slopes: [Int: Int] = [:]
  /// By instruction, whether it differs from point to point.
  private let isPerPoint: [Bool]
  private var isNeeded: [Bool]
  /// How often an instruction is read.
  private var uses: [Int]
  /// By instruction, the totals that it is added to.
  private var totals: [Int: [Int]] = [:]
  /// By sum, the product and the other operand that nobody else reads.
  private var products: [Int: (product: Int, other: Int)] = [:]
  /// Products and sums that are computed with a later sum.
  private var isAbsorbed: Set<Int> = []

  private(set) var steps: [StripStep] = []
  /// By value, the step that computes it; inputs are there from the beginning.
  private var known: [Int: Int] = [:]
  /// By factor, the step with the totals of its products.
  private var totalSteps: [Int: Int] = [:]
  /// Instructions that are the same for all points.
  private(set) var uniform: [Int] = []
  /// Instructions that are read from the points.
  private(set) var inputs: [(input: Int, value: Int)] = []
  /// The values that hold the results, in their order.
  private(set) var results: [Int] = []

  /// - Parameters:
  ///   - perPoint: of each input of the trace, whether it is read from the points.
  ///   - results: instructions that are wanted point by point.
  ///   - totals: instructions whose sums over all points are wanted.
  init(_ trace: Trace, perPoint: [Bool], results: [Int], totals: [Int]) {
    let tanhSlopes = trace.tanhSlopes
    instructions = trace.instructions
    isNeeded = instructions.needed(for: results + totals)
    isPerPoint = instructions.reduce(into: []) { known, instruction in
      if case .input(let input) = instruction.operation {
        known.append(perPoint[input])
      } else {
        known.append(instruction.operands.contains { known[$0] })
      }
    }
    for (place, slope) in tanhSlopes where slope > place && isPerPoint[place] && isNeeded[place] && isNeeded[slope] {
      slopes[place] = slope
      instructions[slope] = Instruction(operation: .elementary(.tanh), operands: [place], shape: .scalar)
    }
    isNeeded = instructions.needed(for: results + totals)
    uses = Array(repeating: 0, count: instructions.count)
    for place in isNeeded.indices where isNeeded[place] {
      for operand in instructions[place].operands { uses[operand] += 1 }
    }
    for result in results + totals { uses[result] += 1 }
    for (index, total) in totals.enumerated() { add(total, to: index) }
    for place in isNeeded.indices where isNeeded[place] && isOne(place, .add) { absorb(into: place) }
    for place in isNeeded.indices where isNeeded[place] { compile(place) }
    for (index, result) in results.enumerated() { keep(result, in: instructions.count + index) }
  }

  private func isOne(_ place: Int, _ operations: Elementary...) -> Bool {
    guard isPerPoint[place], case .elementary(let operation) = instructions[place].operation else { return false }
    return operations.contains(operation)
  }

  /// A sum that nobody else reads is summed over the points term by term.
  private mutating func add(_ place: Int, to total: Int) {
    guard uses[place] == 1, isOne(place, .add) else { return totals[place, default: []].append(total) }
    isNeeded[place] = false
    for operand in instructions[place].operands { add(operand, to: total) }
  }

  /// Has a product that nobody else reads computed with its sum, and an earlier sum of such products too.
  private mutating func absorb(into sum: Int) {
    let operands = instructions[sum].operands
    guard let place = operands.firstIndex(where: { isPrivate($0) && isOne($0, .multiply, .chain) }) else { return }
    let (product, other) = (operands[place], operands[1 - place])
    products[sum] = (product, other)
    isAbsorbed.insert(product)
    guard let before = products[other], isPrivate(other),
      isOne(before.product, .chain) == isOne(product, .chain)
    else { return }
    isAbsorbed.insert(other)
  }

  /// Whether one instruction alone reads it.
  private func isPrivate(_ place: Int) -> Bool { uses[place] == 1 && totals[place] == nil }

  private mutating func compile(_ place: Int) {
    let instruction = instructions[place]
    switch instruction.operation {
    case _ where !isPerPoint[place]: uniform.append(place)
    case _ where isSlope(place): break
    case .input(let input): inputs.append((input, place))
    case .elementary where uses[place] == 1 && totals[place] != nil && isOne(place, .multiply, .chain):
      return total(instruction.operands, totals[place]![0])
    case .elementary where isAbsorbed.contains(place): return
    case .elementary(let operation): compute(place, operation)
    case .number, .constant, .indices, .whole: fatalError("StripCompiler: an operation on tensors")
    }
    for total in totals[place] ?? [] { append(CK_TOTAL, .total(total), [place]) }
  }

  private func isSlope(_ place: Int) -> Bool {
    instructions[place].operands.first.map { slopes[$0] == place } ?? false
  }

  private mutating func compute(_ place: Int, _ operation: Elementary) {
    if let slope = slopes[place] {
      return append(CK_TANH_AND_SLOPE, .valueAndSlope(place, slope), instructions[place].operands)
    }
    guard let last = products[place] else {
      return append(ck_operation(UInt32(operation.rawValue)), .value(place), instructions[place].operands)
    }
    var (terms, start) = ([last.product], last.other)
    while isAbsorbed.contains(start), let before = products[start] {
      terms.append(before.product)
      start = before.other
    }
    append(
      isOne(last.product, .chain) ? CK_CHAIN_DOT : CK_DOT, .value(place),
      [start] + terms.reversed().flatMap { pointsFirst(instructions[$0].operands) })
  }

  /// Factors, one that differs from point to point before one that does not.
  private func pointsFirst(_ factors: [Int]) -> [Int] { isPerPoint[factors[0]] ? factors : factors.reversed() }

  /// The total of a product, together with earlier ones that share a factor, if the other was known there.
  private mutating func total(_ factors: [Int], _ total: Int) {
    for (factor, other) in [(factors[0], factors[1]), (factors[1], factors[0])] where isPerPoint[other] {
      guard let index = totalSteps[factor], case .totals(let totals) = steps[index].target,
        known[other].map({ $0 < index }) ?? true
      else { continue }
      steps[index] = StripStep(
        operation: CK_CHAIN_TOTALS, target: .totals(totals + [total]), operands: steps[index].operands + [other])
      return
    }
    let operands: [Int] = pointsFirst(factors).reversed()
    totalSteps[operands[0]] = steps.count
    append(CK_CHAIN_TOTALS, .totals([total]), operands)
  }

  /// A result in a strip of its own.
  private mutating func keep(_ result: Int, in value: Int) {
    append(CK_COPY, .value(value), [result])
    results.append(value)
  }

  private mutating func append(_ operation: ck_operation, _ target: StripStep.Target, _ operands: [Int]) {
    for value in target.values { known[value] = steps.count }
    steps.append(StripStep(operation: operation, target: target, operands: operands))
  }
}

extension Trace {
  /// By tanh, the instruction that its slope is. The slopes that nobody has asked for yet are written too.
  fileprivate var tanhSlopes: [Int: Int] {
    instructions.enumerated().reduce(into: [:]) { slopes, item in
      let (place, instruction) = item
      guard instruction.operation == .elementary(.tanh) else { return }
      let known = instructions[instruction.operands[0]]
      // What stands there already is found, not written again.
      let x = Traced(known.operation, known.operands, known.shape, in: self)
      let y = Traced(instruction.operation, instruction.operands, instruction.shape, in: self)
      slopes[place] = Tanh.local(x, y).place(in: self)
    }
  }
}
