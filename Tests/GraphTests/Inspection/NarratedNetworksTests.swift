import Ops
import Testing

/// Every formula of the backward pass of a narrated program, evaluated by an arithmetic of this file: columns, rows and
/// matrices as on paper. Its value is the number behind it.
@Suite("Worked solutions on tensors mean what they say")
struct NarratedNetworksTests {
  static let layer = [("W1", "[[0.5, -0.2], [0.1, 0.4], [0.3, 0.7]]"), ("b1", "[0.1, 0.2, -0.1]"), ("x", "[1, 2]")]
  static let network = layer + [("W2", "[[1, 2, -1], [0.5, -0.5, 1]]"), ("b2", "[0, 0.5]"), ("y", "[1, 0]")]
  static let batch = [
    ("X", "[[1, 2], [3, -1], [0.5, 0.5]]"), ("W", "[[1, 0.5], [0.5, -0.5]]"), ("b", "[0, 0.1]"), ("w", "[0.5, -1]"),
  ]

  @Test(arguments: [
    ("z1 = W1@x + b1; a1 = relu(z1); ŷ = W2@a1 + b2; L = sum((ŷ - y)^2)/2", network),
    ("L = mean((W2@tanh(W1@x + b1) + b2 - y)^2)", network),
    ("z = W1@x + b1; L = sum(sigmoid(z)) + 0.1*sum(W1^2)", layer),
    ("p = softmax(W1@x); L = -sum(b1*log(p))", layer),
    ("Z = X@W + b; L = mean(crossentropy(Z, [0, 1, 1]))", batch),
    ("Z = X@W + b; L = mean(softmaxcrossentropy(Z, labels=[0, 1, 1]))", batch),
    ("Z = X@W + b; P = softmax(Z); L = -sum(log(P))/3", batch),
    ("s = X@w; L = sum(s^3)/(2*3) - mean(sum(X*w, axis=1)) + sum(b) + sum(W)", batch),
    ("r = w@W; q = sum(r/b*0.5); L = sum((X@r)^2)*q", batch.dropLast(2) + [("b", "[2, 4]"), ("w", "[0.5, -1]")]),
    ("L = sum((W@b)^2) + sum(outer(b, w)*W)", batch.dropFirst().map { $0 }),
  ])
  func backward(program: String, inputs: [(String, String)]) throws {
    let values = try inputs.map { (name: $0.0, value: try Tensor<Double>(constant: Formula(parsing: $0.1))) }
    let recorded = try RecordedProgram(Program(parsing: program), at: values)
    let nodes = recorded.tape.nodes
    var known = Paper(nodes.compactMap { node in node.name.map { ($0, Matrix(node.tensor)) } })
    for node in nodes { known.names["n\(node.index)"] = Matrix(node.tensor) }
    known.totals = Set(nodes.map { totalDerivative("L", $0.label) })
    let lines = recorded.tape.narrate(recorded.output).split(separator: "Backward\n")[1].split(separator: "\n")
    #expect(lines.count > recorded.inputs.count)
    for line in lines {
      let sides = line.split(separator: " (shapes")[0].drop { $0 == " " }.split(separator: " = ").map(String.init)
      let value = try Matrix(Tensor<Double>(constant: Formula(parsing: try #require(sides.last))))
      for side in sides.dropLast() where !known.isDerivative(side) {
        let number = try known.value(side)
        #expect(number.isClose(to: value), "\(line): \(side) is \(number)")
      }
      for side in sides where known.isDerivative(side) { known.names[side] = value }
    }
  }
}

private struct Matrix {
  var rows: [[Double]]
  var columns: Int { rows.first?.count ?? 0 }
  var isNumber: Bool { rows.count == 1 && columns == 1 }

  init(_ rows: [[Double]]) { self.rows = rows }
  /// A vector is a column.
  init(_ tensor: Tensor<Double>) {
    let width = tensor.shape.rank == 2 ? tensor.shape[1] : 1
    rows = stride(from: 0, to: tensor.elements.count, by: width).map { Array(tensor.elements[$0..<$0 + width]) }
  }

  var transposed: Matrix { Matrix((0..<columns).map { j in rows.map { $0[j] } }) }
  func map(_ f: (Double) -> Double) -> Matrix { Matrix(rows.map { $0.map(f) }) }
  func byRows(_ f: ([Double]) -> [Double]) -> Matrix {
    columns == 1 ? Matrix([rows.map { $0[0] }].map(f)).transposed : Matrix(rows.map(f))
  }

  /// Element by element; a number, a column and a row are repeated, and a vector along the rows of a matrix.
  func with(_ other: Matrix, _ f: (Double, Double) -> Double) -> Matrix {
    if columns > 1, other.columns == 1, other.rows.count == columns, other.rows.count != rows.count, rows.count > 1 {
      return with(other.transposed, f)
    }
    let (m, n) = (max(rows.count, other.rows.count), max(columns, other.columns))
    func at(_ a: Matrix, _ i: Int, _ j: Int) -> Double { a.rows[a.rows.count == 1 ? 0 : i][a.columns == 1 ? 0 : j] }
    return Matrix((0..<m).map { i in (0..<n).map { j in f(at(self, i, j), at(other, i, j)) } })
  }

  static func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    if a.isNumber || b.isNumber { return a.with(b, *) }
    return Matrix(a.rows.map { row in b.transposed.rows.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } })
  }

  /// A number stands for all elements.
  func isClose(to other: Matrix) -> Bool {
    with(other) { abs($0 - $1) <= 2e-5 * max(1, abs($1)) ? 0 : 1 }.rows.joined().allSatisfy { $0 == 0 }
  }
}

/// Formulas as they are written on paper.
private struct Paper {
  var names: [String: Matrix] = [:]
  var totals: Set<String> = []

  init(_ names: [(String, Matrix)]) { self.names = Dictionary(names, uniquingKeysWith: { $1 }) }

  func isDerivative(_ side: String) -> Bool {
    totals.contains(side) || side.hasPrefix("δ") && side.dropFirst().allSatisfy(\.isNumber)
  }

  func value(_ text: String) throws -> Matrix {
    var (text, names) = (text.replacing("′", with: "slope").replacing("𝟏", with: "ones"), names)
    for (place, name) in self.names.keys.filter({ $0.hasPrefix("dL/") }).sorted(by: { $0.count > $1.count })
      .enumerated()
    {
      text = text.replacing(name, with: "total\(place)")
      names["total\(place)"] = self.names[name]
    }
    return try Formula(parsing: text).fold { (form: Formula.Form<Matrix>, _) throws in try Self.value(form, names) }
  }

  private static func value(_ form: Formula.Form<Matrix>, _ names: [String: Matrix]) throws -> Matrix {
    switch form {
    case .number(let x): return Matrix([[x]])
    case .name(let name): return try #require(names[name], "\(name)")
    case .negative(let a): return a.map { -$0 }
    case .binary(.plus, let a, let b): return a.with(b, +)
    case .binary(.minus, let a, let b): return a.with(b, -)
    case .binary(.times, let a, let b): return .product(a, b)
    case .binary(.elementwise, let a, let b): return a.with(b, *)
    case .binary(.divide, let a, let b): return a.with(b, /)
    case .binary(.power, let a, let b): return a.with(b) { .pow($0, $1) }
    case .transpose(let a): return a.transposed
    case .list(let parts): return Matrix(parts.map { Array($0.rows.joined()) })
    case .call("sum", let a) where a.count == 1: return Matrix([[a[0].value.rows.joined().reduce(0, +)]])
    case .call("sum", let a):
      return a[1].value.rows[0][0] == 0
        ? Matrix(a[0].value.transposed.rows.map { [$0.reduce(0, +)] })
        : Matrix(a[0].value.rows.map { [$0.reduce(0, +)] })
    case .call("softmax", let a):
      return a[0].value.byRows { row in
        let powers = row.map { Double.exp($0) }
        return powers.map { $0 / powers.reduce(0, +) }
      }
    case .call("onehot", let a): return Matrix(a[0].value.rows.map { label in [0, 1].map { $0 == label[0] ? 1 : 0 } })
    case .call("reluslope", let a): return a[0].value.map { $0 > 0 ? 1 : 0 }
    case .call("relu", let a): return a[0].value.map { max(0, $0) }
    case .call("log", let a): return a[0].value.map { .log($0) }
    case .call("tanh", let a): return a[0].value.map { .tanh($0) }
    case .call("sigmoid", let a): return a[0].value.map { 1 / (1 + .exp(-$0)) }
    default: throw Unknown(form: "\(form)")
    }
  }
  private struct Unknown: Error { let form: String }
}
