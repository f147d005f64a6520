import ChainruleKernels

/// Steps with their places in memory, ready to be run over strips of points.
///
/// The memory begins with the numbers that are the same for all points, 64 bytes each; then come the sums over the points,
/// as many; then the strips, which are used again as soon as nobody needs what stands there.
struct StripProgram {
  let steps: [ck_step]
  /// The places of steps that Swift does, which has the function: those between them are run by the loop in C.
  let swiftSteps: [Int]
  /// What is the same for all points, in an order in which it can be computed.
  let uniform: [UniformStep]
  let totalCount: Int
  /// Of the inputs that are read from the points, where they go; and of the results, where they stand.
  let inputs: [(input: Int, offset: Int)]
  let resultOffsets: [Int]
  /// Elements in 64 bytes, and all that the memory has.
  let unit, elementCount: Int

  init(_ trace: Trace, perPoint: [Bool], results: [Int], totals: [Int], _ precision: Precision) {
    let compiler = StripCompiler(trace, perPoint: perPoint, results: results, totals: totals)
    let strips = StripAllocation(compiler)
    let unit = 64 / precision.bytes, strip = Int(CK_STRIP)
    let places = Dictionary(uniqueKeysWithValues: compiler.uniform.enumerated().map { ($1, $0) })
    let firstTotal = compiler.uniform.count * unit
    let firstStrip = firstTotal + totals.count * unit
    func offset(_ value: Int) -> Int { firstStrip + strips.places[value]! * strip }
    func operand(_ value: Int) -> UInt32 { UInt32(places[value].map { $0 * unit << 1 | 1 } ?? offset(value) << 1) }
    steps = compiler.steps.flatMap { step in
      let out: [Int] =
        switch step.target {
        case .value, .valueAndSlope: step.target.values.map(offset)
        case .total(let total): [firstTotal + total * unit]
        case .totals(let totals): totals.map { firstTotal + $0 * unit }
        }
      return ck_step.steps(step.operation, out.map { UInt32($0) }, step.operands.map(operand))
    }
    swiftSteps = steps.enumerated().compactMap { $1.operation == CK_POLYGAMMA.rawValue ? $0 : nil }
    uniform = compiler.uniform.map { place in
      let instruction = trace.instructions[place]
      return UniformStep(operation: instruction.operation, operands: instruction.operands.map { places[$0]! })
    }
    totalCount = totals.count
    inputs = compiler.inputs.map { ($0.input, offset($0.value)) }
    resultOffsets = compiler.results.map(offset)
    (self.unit, elementCount) = (unit, firstStrip + strips.count * strip)
  }

  /// Where the sum of a total begins.
  func totalOffset(_ total: Int) -> Int { (uniform.count + total) * unit }

  /// The numbers that are the same for all points.
  ///
  /// - Parameter inputs: those that are shared, by their places; the others are not looked at.
  func uniformNumbers(_ inputs: [Double]) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(uniform.count)
    for step in uniform {
      switch step.operation {
      case .number(let bits): numbers.append(Double(bitPattern: bits))
      case .input(let input): numbers.append(inputs[input])
      case .elementary(let operation): numbers.append(operation.value(step.operands.map { numbers[$0] }))
      case .constant, .indices, .whole: fatalError("StripProgram: an operation on tensors")
      }
    }
    return numbers
  }
}

/// A step that is the same for all points, on earlier ones.
struct UniformStep {
  let operation: Instruction.Operation
  let operands: [Int]
}

/// Which strip holds which value.
struct StripAllocation {
  private(set) var places: [Int: Int] = [:]
  private(set) var count = 0
  private var free: [Int] = []

  init(_ compiler: StripCompiler) {
    var lastUse: [Int: Int] = [:]
    for (index, step) in compiler.steps.enumerated() { for operand in step.operands { lastUse[operand] = index } }
    for result in compiler.results { lastUse[result] = compiler.steps.count }
    for (_, value) in compiler.inputs { take(value) }
    for (index, step) in compiler.steps.enumerated() {
      for operand in Set(step.operands) where lastUse[operand] == index { places[operand].map { free.append($0) } }
      for value in step.target.values { take(value) }
    }
  }

  private mutating func take(_ value: Int) {
    if free.isEmpty {
      free.append(count)
      count += 1
    }
    places[value] = free.removeLast()
  }
}

extension ck_step {
  /// A step with its operands, and those behind it that it goes on in.
  fileprivate static func steps(_ operation: ck_operation, _ out: [UInt32], _ x: [UInt32]) -> [ck_step] {
    let behind: [ck_step]
    switch operation {
    case CK_DOT, CK_CHAIN_DOT:
      behind = stride(from: 1, to: x.count, by: 2).map { ck_step(operation: 0, out: 0, a: x[$0], b: x[$0 + 1], c: 0) }
    case CK_CHAIN_TOTALS:
      behind = zip(out, x.dropFirst()).map { ck_step(operation: 0, out: $0, a: $1, b: 0, c: 0) }
    case CK_TANH_AND_SLOPE: return [ck_step(operation: operation.rawValue, out: out[0], a: x[0], b: out[1], c: 0)]
    default:
      let (b, c) = (x.count > 1 ? x[1] : x[0], x.count > 2 ? x[2] : x[0])
      return [ck_step(operation: operation.rawValue, out: out[0], a: x[0], b: b, c: c)]
    }
    return [ck_step(operation: operation.rawValue, out: out[0], a: x[0], b: UInt32(behind.count), c: 0)] + behind
  }
}
