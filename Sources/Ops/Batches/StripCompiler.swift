import Kernels

/// A step before places are given out.
struct StripStep {
  enum Target {
    /// A strip, by the value that it holds: that of an instruction, or one beyond them.
    case value(Int)
    /// A sum over all points.
    case total(Int)
  }
  let operation: ck_operation
  let target: Target
  /// The values that it reads; of a dot what the products are added to, and then their factors.
  let operands: [Int]
}

/// Turns a trace of numbers into steps over strips: what is the same for all points is set aside, products that are only
/// added up become one step with their sum, and what is only summed over the points is summed where it arises.
struct StripCompiler {
  private let instructions: [Instruction]
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
    instructions = trace.instructions
    isNeeded = trace.needed(for: results + totals)
    isPerPoint = instructions.reduce(into: []) { known, instruction in
      if case .input(let input) = instruction.operation {
        known.append(perPoint[input])
      } else {
        known.append(instruction.operands.contains { known[$0] })
      }
    }
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
    case .input(let input): inputs.append((input, place))
    case .elementary where uses[place] == 1 && totals[place] != nil && isOne(place, .multiply, .chain):
      return append(CK_TOTAL_CHAIN, .total(totals[place]![0]), instruction.operands)
    case .elementary where isAbsorbed.contains(place): return
    case .elementary(let operation): compute(place, operation)
    case .number, .constant, .whole: fatalError("StripCompiler: an operation on tensors")
    }
    for total in totals[place] ?? [] { append(CK_TOTAL, .total(total), [place]) }
  }

  private mutating func compute(_ place: Int, _ operation: Elementary) {
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
      [start] + terms.reversed().flatMap { instructions[$0].operands })
  }

  /// A result in a strip of its own.
  private mutating func keep(_ result: Int, in value: Int) {
    append(CK_COPY, .value(value), [result])
    results.append(value)
  }

  private mutating func append(_ operation: ck_operation, _ target: StripStep.Target, _ operands: [Int]) {
    steps.append(StripStep(operation: operation, target: target, operands: operands))
  }
}
