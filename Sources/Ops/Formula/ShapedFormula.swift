import Graph

/// A formula that knows the shape of what it stands for: with it rules on tensors write down their pullbacks.
///
/// ```swift
/// Matmul.pullback(g, Operands(W, x), …)  // g @ xᵀ, Wᵀ @ g
/// ```
struct ShapedFormula: RuleAlgebra, TensorAlgebra {
  let formula: Formula
  let shape: Shape

  init(_ formula: Formula, _ shape: Shape) { (self.formula, self.shape) = (formula, shape) }
  init(floatLiteral value: Double) { self.init(.number(value), .scalar) }
  init(integerLiteral value: Int) { self.init(floatLiteral: Double(value)) }

  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Self) -> Self {
    Self(.apply(rule, x.formula), x.shape)
  }
  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Self, _ b: Self) -> Self {
    Self(.apply(rule, a.formula, b.formula), a.shape.broadcast(with: b.shape) ?? a.shape)
  }
  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Self, _ b: Self, _ c: Self) -> Self {
    let shape = a.shape.broadcast(with: b.shape)?.broadcast(with: c.shape) ?? a.shape
    return Self(.apply(rule, a.formula, b.formula, c.formula), shape)
  }

  static func written(_ textbook: @autoclosure () -> Self, computed: @autoclosure () -> Self) -> Self { textbook() }

  static func apply<R: TensorRule>(_ rule: R.Type, _ x: Operands<Self>, _ attributes: Attributes) -> Self {
    let operands = [x.a, x.b, x.c].compactMap { $0?.formula }
    let shape = R.shape(x.map(\.shape), attributes)
    return Self(written(R.self, operands, attributes, from: x.a.shape, to: shape), shape)
  }

  private static func written<R: TensorRule>(
    _ rule: R.Type, _ x: [Formula], _ attributes: Attributes, from: Shape, to: Shape
  ) -> Formula {
    switch Operation(rawValue: R.code) {
    case .matmul:
      .matmul(
        attributes.transposesFirst ? x[0].transposed : x[0],
        attributes.transposesSecond ? x[1].transposed : x[1])
    case .permute where isTransposition(attributes, rank: to.rank): x[0].transposed
    case .permute: call(R.self, x, "axes", (0..<to.rank).map { Int(attributes.places[$0]) })
    // Axes of extent 1 come and go without a word: they are not written on paper either.
    case .reshape where extents(from) == extents(to): x[0]
    case .reshape, .broadcast: call(R.self, x, "shape", to.dimensions)
    case .slice:
      slice(x[0], attributes, from) ?? .init(.call(R.name, [Formula.Argument(x[0])]))
    case .sum where !(0..<from.rank).allSatisfy(attributes.axes.contains):
      call(R.self, x, "axis", (0..<from.rank).filter(attributes.axes.contains))
    case .sumOfSquares: .init(.call(Sum.name, [Formula.Argument(.apply(Square.self, x[0]))]))
    default: .init(.call(R.name, x.map { Formula.Argument($0) }))
    }
  }

  /// `X[1:, 0]`; nil for steps other than 1, which the language does not have.
  private static func slice(_ x: Formula, _ attributes: Attributes, _ from: Shape) -> Formula? {
    var indices: [Formula.Index] = []
    for axis in 0..<from.rank {
      let (start, count) = (Int(attributes.places[axis]), attributes.shape[axis])
      guard attributes.steps[axis] == 1 else { return nil }
      let end = start + count
      indices.append(
        count == 1 && from[axis] != 1
          ? .element(start) : .range(start == 0 ? nil : start, end == from[axis] ? nil : end))
    }
    while indices.count > 1, indices.last == .range(nil, nil) { indices.removeLast() }
    return Formula(.slice(x, indices))
  }

  private static func call<R: Rule>(_ rule: R.Type, _ x: [Formula], _ label: String, _ list: [Int]) -> Formula {
    let numbers = list.map { Formula.number(Double($0)) }
    let value = label == "axis" && list.count == 1 ? numbers[0] : Formula(.list(numbers))
    return Formula(.call(R.name, x.map { Formula.Argument($0) } + [Formula.Argument(value, label: label)]))
  }

  private static func isTransposition(_ attributes: Attributes, rank: Int) -> Bool {
    rank >= 2
      && (0..<rank).allSatisfy { axis in
        Int(attributes.places[axis]) == (axis < rank - 2 ? axis : 2 * rank - 3 - axis)
      }
  }

  private static func extents(_ shape: Shape) -> [Int] { shape.dimensions.filter { $0 != 1 } }
}

extension Tape {
  /// How a recorded operation on tensors reads, and what it sends back to each operand.
  func formula(ofTensor index: Int, _ operands: [Formula]) -> Formula? {
    let record = tensors[index]
    let x = shaped(operands, of: record)
    guard case .tensor(let rule) = Catalog.kind(of: record.code) else { return nil }
    let written = ShapedFormula.apply(rule, x, record.attributes).formula
    return written == x.a.formula ? Formula.call(rule.name, written) : written
  }

  func pullbacks(ofTensor index: Int, _ operands: [Formula], result: Formula) -> [Formula] {
    let record = tensors[index]
    let x = shaped(operands, of: record)
    let (g, y) = (ShapedFormula(.name("g"), record.shape), ShapedFormula(result, record.shape))
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      let list = [x.a, x.b, x.c].compactMap { $0 }
      return zip(list, rule.locals(of: list, result: y)).map { operand, local in
        let product = ShapedFormula((g * local).formula, record.shape)
        return product.sum(to: operand.shape).formula
      }
    case .tensor(let rule):
      let all = Wanted(a: true, b: record.inputs.count > 1, c: record.inputs.count > 2)
      let back = rule.pullback(g, x, y, record.attributes, all)
      return [back.a, back.b, back.c].compactMap { $0?.formula }
    case nil: return []
    }
  }

  private func shaped(_ operands: [Formula], of record: TensorRecord) -> Operands<ShapedFormula> {
    Operands(
      operands.enumerated().map { place, operand in
        ShapedFormula(operand, variable(input(place, of: record.inputs)).shape)
      })
  }
}
