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
  /// The values that it reads.
  let operands: [Int]
}

/// Turns a trace of numbers into steps over strips: what is the same for all points is set aside, a product that is only
/// added to something goes into that sum at once, and what is only summed over the points is summed where it arises.
struct StripCompiler {
  private let instructions: [Instruction]
  /// By instruction, whether it differs from point to point.
  private let isPerPoint: [Bool]
  private var isNeeded: [Bool]
  /// How often an instruction is read.
  private var uses: [Int]
  /// By instruction, the totals that it is added to.
  private var totals: [Int: [Int]] = [:]
  /// By product, the sum that it goes into.
  private var absorbers: [Int: Int] = [:]

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

  private mutating func absorb(into sum: Int) {
    let product = instructions[sum].operands.first {
      uses[$0] == 1 && totals[$0] == nil && isOne($0, .multiply, .chain)
    }
    if let product { absorbers[product] = sum }
  }

  private mutating func compile(_ place: Int) {
    let instruction = instructions[place]
    switch instruction.operation {
    case _ where !isPerPoint[place]: uniform.append(place)
    case .input(let input): inputs.append((input, place))
    case .elementary where uses[place] == 1 && totals[place] != nil && isOne(place, .multiply, .chain):
      return append(CK_TOTAL_CHAIN, .total(totals[place]![0]), instruction.operands)
    case .elementary where absorbers[place] != nil: return
    case .elementary(let operation): compute(place, operation)
    case .number, .constant, .whole: fatalError("StripCompiler: an operation on tensors")
    }
    for total in totals[place] ?? [] { append(CK_TOTAL, .total(total), [place]) }
  }

  private mutating func compute(_ place: Int, _ operation: Elementary) {
    let operands = instructions[place].operands
    guard operation == .add, let product = operands.first(where: { absorbers[$0] == place }) else {
      return append(ck_operation(UInt32(operation.rawValue)), .value(place), operands)
    }
    let other = operands[0] == product ? operands[1] : operands[0]
    append(
      isOne(product, .chain) ? CK_CHAIN_ADD : CK_MULTIPLY_ADD, .value(place), instructions[product].operands + [other])
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
