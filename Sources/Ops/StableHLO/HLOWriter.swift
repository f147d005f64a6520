/// Writes the instructions of a trace as operations of StableHLO, one line each.
struct HLOWriter {
  private let trace: Trace
  private let inputCount: Int
  private let precision: Precision
  private(set) var lines: [String] = []
  /// By instruction.
  private var values: [Int: Value] = [:]
  /// By what is written of them.
  private var numbers: [String: Value] = [:]
  private var count = 0
  private var indent = ""

  init(_ trace: Trace, inputCount: Int, _ precision: Precision) {
    (self.trace, self.inputCount, self.precision) = (trace, inputCount, precision)
  }

  func value(_ place: Int) -> Value { values[place]! }

  mutating func write(_ place: Int) {
    let instruction = trace.instructions[place]
    let operands = instruction.operands.map(value)
    let shape = instruction.shape
    values[place] =
      switch instruction.operation {
      case .number(let bits): number(Double(bitPattern: bits), shape)
      case .input(let index): Value("%arg\(index)", shape, element)
      case .indices(let index): Value("%arg\(inputCount + index)", shape, "i32")
      case .constant(let index): constant(trace.constants[index].elements, shape)
      case .elementary(let operation): elementary(operation, operands, shape)
      case .whole(let operation): whole(operation, operands, shape)
      }
  }

  /// A result by its name, with what its type is made of.
  struct Value {
    let name: String
    let shape: Shape
    /// `f64`, `i32`, `i1`
    let element: String

    init(_ name: String, _ shape: Shape, _ element: String) {
      (self.name, self.shape, self.element) = (name, shape, element)
    }

    /// `tensor<2x3xf64>`
    var type: String {
      "tensor<" + (shape.dimensions.map(String.init) + [element]).joined(separator: "x") + ">"
    }
  }
}

extension [HLOWriter.Value] {
  var names: String { map(\.name).joined(separator: ", ") }
  var types: String { map(\.type).joined(separator: ", ") }
}

// MARK: - Lines

extension HLOWriter {
  var element: String { precision == .single ? "f32" : "f64" }

  mutating func newName() -> String {
    defer { count += 1 }
    return "%\(count)"
  }

  mutating func plain(_ text: String) { lines.append(indent + text) }

  /// Adds a line that gives a name to `text`, behind which the type of the result stands.
  mutating func line(_ text: String, _ shape: Shape, _ element: String? = nil) -> Value {
    let result = Value(newName(), shape, element ?? self.element)
    plain("\(result.name) = \(text) \(result.type)")
    return result
  }

  /// Lines that stand further to the right.
  mutating func indented(_ body: (inout HLOWriter) -> Void) {
    indent += "  "
    body(&self)
    indent.removeLast(2)
  }

  /// An operation on values of one type that gives one of the same type.
  mutating func same(_ operation: String, _ x: [Value], _ attributes: String = "") -> Value {
    line("\(operation) \(x.names)\(attributes) :", x[0].shape, x[0].element)
  }

  /// An operation whose types are written as a function's.
  mutating func call(
    _ operation: String, _ x: [Value], _ attributes: String = "", to shape: Shape, _ element: String? = nil
  ) -> Value {
    line("\(operation) \(x.names)\(attributes) : (\(x.types)) ->", shape, element)
  }

  /// Each number once, except within a loop, whose names end with it.
  mutating func number(_ value: Double, _ shape: Shape) -> Value {
    let text = hexadecimal([value])
    let key = "\(text) \(shape)"
    if let known = numbers[key] { return known }
    let number = line("stablehlo.constant dense<\(text)> :", shape)
    if indent.isEmpty { numbers[key] = number }
    return number
  }

  mutating func whole(_ value: Int, _ shape: Shape = .scalar) -> Value {
    line("stablehlo.constant dense<\(value)> :", shape, "i32")
  }

  mutating func constant(_ elements: [Double], _ shape: Shape) -> Value {
    guard let first = elements.first else { return line("stablehlo.constant dense<> :", shape) }
    if elements.allSatisfy({ $0.bitPattern == first.bitPattern }) { return number(first, shape) }
    return line("stablehlo.constant dense<\"\(hexadecimal(elements, isBigEndian: false))\"> :", shape)
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
  mutating func compare(_ direction: String, _ a: Value, _ b: Value) -> Value {
    call("stablehlo.compare \(direction),", [a, b], a.element == "i32" ? ", SIGNED" : ", FLOAT", to: a.shape, "i1")
  }

  mutating func select(_ condition: Value, _ a: Value, _ b: Value) -> Value {
    line("stablehlo.select \([condition, a, b].names) : \(condition.type),", a.shape, a.element)
  }

  mutating func reshape(_ x: Value, _ shape: Shape) -> Value { call("stablehlo.reshape", [x], to: shape) }

  mutating func broadcast(_ x: Value, _ shape: Shape, along axes: [Int]) -> Value {
    call("stablehlo.broadcast_in_dim", [x], ", dims = \(axes)", to: shape, x.element)
  }
}

// MARK: - Element by element

extension HLOWriter {
  private mutating func elementary(_ operation: Elementary, _ x: [Value], _ shape: Shape) -> Value {
    switch operation {
    case .less, .equal:
      let truth = compare(operation == .less ? "LT" : "EQ", x[0], x[1])
      return call("stablehlo.convert", [truth], to: shape)
    case .select:
      let zero = number(0, shape)
      return select(compare("NE", x[0], zero), x[1], x[2])
    case .chain:
      let zero = number(0, shape)
      let isZero = x.map { compare("EQ", $0, zero) }
      let stops = same("stablehlo.or", isZero)
      return select(stops, zero, same("stablehlo.multiply", x))
    default:
      if let name = Self.basic[operation] { return same("stablehlo.\(name)", x) }
      return line("chlo.\(operation) \(x.names) : \(x.types) ->", shape)
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
