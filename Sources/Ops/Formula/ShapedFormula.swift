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

  static func apply<R: TensorRule>(_ rule: R.Type, _ x: Operands<Self>, _ options: R.Options) -> Self {
    let shape = R.checkedShape(x.map(\.shape), options)
    return Self(written(Call<R, Self>(x, options), to: shape), shape)
  }

  /// On paper some rules have a notation of their own; the others are calls of their names.
  private static func written<R: TensorRule>(_ c: Call<R, Self>, to: Shape) -> Formula {
    let x = c.operands.list.map(\.formula)
    switch c.options {
    case let options as Matmul.Options:
      return .matmul(options.transposesA ? x[0].transposed : x[0], options.transposesB ? x[1].transposed : x[1])
    case let options as Permute.Options where options.isTransposition(rank: to.rank): return x[0].transposed
    // Axes of extent 1 come and go without a word: they are not written on paper either.
    case is TargetShape where R.self == Reshape.self && extents(c.x.shape) == extents(to): return x[0]
    case let window as Window where R.self == Slice.self:
      if let slice = slice(x[0], window, c.x.shape) { return slice }
    default: break
    }
    if R.self == SumOfSquares.self { return call(Sum.name, [.apply(Square.self, x[0])]) }
    let options = R.Options.fields.compactMap { field in
      field.written(c.options, c.x.shape).map(field.argument)
    }
    return call(R.name, x, options)
  }

  /// `X[1:, 0]`; nil for steps other than 1, which the language does not have.
  private static func slice(_ x: Formula, _ window: Window, _ from: Shape) -> Formula? {
    var indices: [Formula.Index] = []
    for axis in 0..<from.rank {
      let (start, count) = (window.starts[axis], window.shape[axis])
      guard window.steps[axis] == 1 else { return nil }
      let end = start + count
      indices.append(
        count == 1 && from[axis] != 1
          ? .element(start) : .range(start == 0 ? nil : start, end == from[axis] ? nil : end))
    }
    while indices.count > 1, indices.last == .range(nil, nil) { indices.removeLast() }
    return Formula(.slice(x, indices))
  }

  private static func call(
    _ name: String, _ x: [Formula], _ options: [Formula.Argument<Formula>] = []
  ) -> Formula { Formula(.call(name, x.map { Formula.Argument($0) } + options)) }

  private static func extents(_ shape: Shape) -> [Int] { shape.dimensions.filter { $0 != 1 } }
}

extension Tape {
  /// How a recorded operation on tensors reads, and what it sends back to each operand.
  func formula(ofTensor index: Int, _ operands: [Formula]) -> Formula? {
    let record = tensors[index]
    guard case .tensor(let rule) = Catalog.kind(of: record.code) else { return nil }
    let x = Operands(list: shaped(operands, of: record))
    let written = written(rule, x, record)
    return written == x.a.formula ? Formula.call(rule.name, written) : written
  }

  private func written<R: TensorRule>(
    _ rule: R.Type, _ x: Operands<ShapedFormula>, _ record: TensorRecord
  ) -> Formula { ShapedFormula.apply(rule, x, record.options!.load(as: R.Options.self)).formula }

  func pullbacks(ofTensor index: Int, _ operands: [Formula], result: Formula) -> [Formula] {
    let record = tensors[index]
    let x = shaped(operands, of: record)
    let (g, y) = (ShapedFormula(.name("g"), record.shape), ShapedFormula(result, record.shape))
    switch Catalog.kind(of: record.code) {
    case .elementwise(let rule):
      return zip(x, rule.locals(of: x, result: y)).map { operand, local in
        let product = ShapedFormula((g * local).formula, record.shape)
        return product.sum(to: operand.shape).formula
      }
    case .tensor(let rule): return pullbacks(rule, g, Operands(list: x), y, record).map(\.formula)
    case nil: return []
    }
  }

  private func pullbacks<R: TensorRule>(
    _ rule: R.Type, _ g: ShapedFormula, _ x: Operands<ShapedFormula>, _ y: ShapedFormula, _ record: TensorRecord
  ) -> [ShapedFormula] {
    let options = record.options!.load(as: R.Options.self)
    let back = rule.pullback(Pullback(g, x, y, options, Wanted(0..<record.inputs.count) { _ in true }))
    return [back.a, back.b, back.c].compactMap { $0 }
  }

  private func shaped(_ operands: [Formula], of record: TensorRecord) -> [ShapedFormula] {
    operands.enumerated().map { place, operand in
      ShapedFormula(operand, variable(input(place, of: record.inputs)).shape)
    }
  }
}
