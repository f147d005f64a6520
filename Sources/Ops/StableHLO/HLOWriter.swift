/// Writes the instructions of a trace as operations of StableHLO, one line each.
struct HLOWriter {
  private let trace: Trace
  private let inputCount: Int
  private let precision: Precision
  private(set) var lines: [String] = []
  /// By instruction.
  private var names: [Int: String] = [:]
  /// By what is written of them.
  private var numbers: [String: String] = [:]
  private var count = 0
  private var indent = ""

  init(_ trace: Trace, inputCount: Int, _ precision: Precision) {
    (self.trace, self.inputCount, self.precision) = (trace, inputCount, precision)
  }

  func name(_ place: Int) -> String { names[place]! }

  mutating func write(_ place: Int) {
    let instruction = trace.instructions[place]
    let operands = instruction.operands.map { Value(name($0), trace.instructions[$0].shape) }
    names[place] =
      switch instruction.operation {
      case .number(let bits): number(Double(bitPattern: bits), instruction.shape)
      case .input(let index): "%arg\(index)"
      case .indices(let index): "%arg\(inputCount + index)"
      case .constant(let index): constant(trace.constants[index].elements, instruction.shape)
      case .elementary(let operation): elementary(operation, operands.map(\.name), instruction.shape)
      case .whole(let operation): whole(operation, operands, instruction.shape)
      }
  }

  /// The name of a result with its shape.
  struct Value {
    let name: String
    let shape: Shape
    init(_ name: String, _ shape: Shape) { (self.name, self.shape) = (name, shape) }
  }
}

// MARK: - Lines

extension HLOWriter {
  var element: String { precision == .single ? "f32" : "f64" }

  /// `tensor<2x3xf64>`
  func type(_ shape: Shape, _ element: String? = nil) -> String {
    "tensor<" + (shape.dimensions.map(String.init) + [element ?? self.element]).joined(separator: "x") + ">"
  }

  /// Adds a line that gives a name to `text`; several results are `name#0`, `name#1`, ….
  mutating func line(_ text: String, results: Int = 1) -> String {
    let name = "%\(count)"
    count += 1
    plain("\(name)\(results == 1 ? "" : ":\(results)") = \(text)")
    return name
  }

  mutating func plain(_ text: String) { lines.append(indent + text) }

  /// Lines that stand further to the right.
  mutating func indented(_ body: (inout HLOWriter) -> Void) {
    indent += "  "
    body(&self)
    indent.removeLast(2)
  }

  /// An operation on values of one type that gives one of the same type.
  mutating func same(_ operation: String, _ operands: [String], _ type: String) -> String {
    line("\(operation) \(operands.joined(separator: ", ")) : \(type)")
  }

  /// An operation whose types are written as a function's.
  mutating func call(_ operation: String, _ operands: [String], _ types: [String], _ result: String) -> String {
    line("\(operation) \(operands.joined(separator: ", ")) : (\(types.joined(separator: ", "))) -> \(result)")
  }

  /// Each number once, except within a loop, whose names end with it.
  mutating func number(_ value: Double, _ shape: Shape) -> String {
    let text = "stablehlo.constant dense<\(hexadecimal([value]))> : \(type(shape))"
    if let name = numbers[text] { return name }
    let name = line(text)
    if indent.isEmpty { numbers[text] = name }
    return name
  }

  mutating func whole(_ value: Int, _ shape: Shape = .scalar) -> String {
    line("stablehlo.constant dense<\(value)> : \(type(shape, "i32"))")
  }

  mutating func constant(_ elements: [Double], _ shape: Shape) -> String {
    guard let first = elements.first else { return line("stablehlo.constant dense<> : \(type(shape))") }
    if elements.allSatisfy({ $0.bitPattern == first.bitPattern }) { return number(first, shape) }
    return line("stablehlo.constant dense<\"\(hexadecimal(elements, isBigEndian: false))\"> : \(type(shape))")
  }

  /// All bits of numbers: a single one as it is written, several as they stand in memory.
  private func hexadecimal(_ numbers: [Double], isBigEndian: Bool = true) -> String {
    func digits<B: FixedWidthInteger & UnsignedInteger>(_ bits: B) -> String {
      let text = String(isBigEndian ? bits : bits.byteSwapped, radix: 16, uppercase: true)
      return String(repeating: "0", count: B.bitWidth / 4 - text.count) + text
    }
    return "0x" + numbers.map { precision == .single ? digits(Float($0).bitPattern) : digits($0.bitPattern) }.joined()
  }

  /// A truth value for each element.
  mutating func compare(_ direction: String, _ a: String, _ b: String, _ shape: Shape, _ element: String? = nil)
    -> String
  {
    let kind = element == nil ? "FLOAT" : "SIGNED"
    let type = type(shape, element)
    return call("stablehlo.compare \(direction),", [a, "\(b), \(kind)"], [type, type], self.type(shape, "i1"))
  }

  mutating func select(_ condition: String, _ a: String, _ b: String, _ shape: Shape, _ element: String? = nil)
    -> String
  {
    line("stablehlo.select \(condition), \(a), \(b) : \(type(shape, "i1")), \(type(shape, element))")
  }
}

// MARK: - Element by element

extension HLOWriter {
  private mutating func elementary(_ operation: Elementary, _ x: [String], _ shape: Shape) -> String {
    let type = type(shape)
    switch operation {
    case .less, .equal:
      let truth = compare(operation == .less ? "LT" : "EQ", x[0], x[1], shape)
      return call("stablehlo.convert", [truth], [self.type(shape, "i1")], type)
    case .select:
      let zero = number(0, shape)
      return select(compare("NE", x[0], zero, shape), x[1], x[2], shape)
    case .chain:
      let zero = number(0, shape)
      let isZero = x.map { compare("EQ", $0, zero, shape) }
      let stops = same("stablehlo.or", isZero, self.type(shape, "i1"))
      return select(stops, zero, same("stablehlo.multiply", x, type), shape)
    default:
      if let name = Self.basic[operation] { return same("stablehlo.\(name)", x, type) }
      let types = Array(repeating: type, count: x.count)
      let list = types.joined(separator: ", ")
      return line("chlo.\(operation) \(x.joined(separator: ", ")) : \(list) -> \(type)")
    }
  }

  /// The names of what StableHLO itself has; the rest is of its library CHLO, under our names.
  private static let basic: [Elementary: String] = [
    .add: "add", .subtract: "subtract", .multiply: "multiply", .divide: "divide", .negate: "negate",
    .exp: "exponential", .expm1: "exponential_minus_one", .log: "log", .log1p: "log_plus_one", .sqrt: "sqrt",
    .pow: "power", .sin: "sine", .cos: "cosine", .tan: "tan", .tanh: "tanh", .abs: "abs", .floor: "floor",
    .remainder: "remainder",
  ]
}
