/// A function of named parameters that is to be made small, with its exact derivatives.
///
/// The parameters stand on a tape below a mark; each evaluation records the function above it and rewinds. The methods
/// see all parameters as one vector, tensor after tensor.
///
/// ```swift
/// let bowl = Objective(["x": 3, "y": 1]) { p in p[0] * p[0] + sin(p[1]) * sin(p[1]) }
/// bowl.valueAndGradient()  // (9.708073418273572, [6.0, 0.9092974268256817])
/// ```
public final class Objective {
  /// Records a function of the parameters, which it gets in their order.
  public typealias Function = ([Variable<Double>]) -> Variable<Double>

  /// What the parameters are called.
  public let names: [String]
  /// The shape of each parameter.
  public let shapes: [Shape]
  package let tape: Tape<Double>
  private let variables: [Variable<Double>]
  private let mark: Mark
  private let function: Function
  private let residualFunction: Function?

  /// A function of numbers.
  ///
  /// - Parameters:
  ///   - parameters: names and values to start from.
  ///   - residuals: where the function is a sum of squares up to a positive factor, the vector (or scalar) that is
  ///     squared: ``LevenbergMarquardt`` needs it.
  ///   - function: records the function of the parameters, which it gets in their order.
  public convenience init(
    _ parameters: KeyValuePairs<String, Double>, residuals: Function? = nil,
    of function: @escaping Function
  ) {
    self.init(
      parameters.map { ($0.key, Tensor($0.value)) }, on: Tape<Double>(), residuals: residuals, of: function)
  }

  /// A function of tensors, on a tape that may already hold what it needs besides, such as data.
  public init(
    _ parameters: [(name: String, value: Tensor<Double>)], on tape: Tape<Double>, residuals: Function? = nil,
    of function: @escaping Function
  ) {
    self.tape = tape
    names = parameters.map(\.name)
    shapes = parameters.map(\.value.shape)
    variables = parameters.map { name, value in
      value.shape.rank == 0 ? tape.parameter(value.elements[0], name) : tape.parameter(value, name)
    }
    (self.function, residualFunction) = (function, residuals)
    mark = tape.mark()
  }

  /// Whether it is known as a sum of squares.
  public var hasResiduals: Bool { residualFunction != nil }

  /// How many numbers the parameters have together.
  public var count: Int { shapes.reduce(0) { $0 + $1.count } }

  /// All parameters as one vector; setting it moves to another point.
  public var point: [Double] {
    get { variables.flatMap { $0.tensor.elements } }
    set {
      precondition(newValue.count == count, "Objective: \(newValue.count) numbers for \(count) parameters")
      var start = 0
      for (variable, shape) in zip(variables, shapes) {
        let part = newValue[start..<start + shape.count]
        tape.withElements(of: variable) { _ = $0.update(fromContentsOf: part) }
        start += shape.count
      }
    }
  }

  /// What each number is called: `x`, or `W[0, 1]` in a matrix.
  public var numberNames: [String] {
    zip(names, shapes).flatMap { name, shape in
      (0..<shape.count).map { name + shape.place(of: $0) }
    }
  }

  /// A point by names, each in the shape of its parameter.
  public func named(_ point: [Double]) -> [(name: String, value: Tensor<Double>)] {
    var start = 0
    return zip(names, shapes).map { name, shape in
      defer { start += shape.count }
      return (name, Tensor(Array(point[start..<start + shape.count]), shape: shape))
    }
  }
}

// MARK: - Values and derivatives where the parameters are

extension Objective {
  /// The value.
  public func value() -> Double { recording { function(variables).value } }

  /// The value and its gradient by all numbers of the parameters: one walk.
  public func valueAndGradient() -> (value: Double, gradient: [Double]) {
    recording {
      let y = function(variables)
      return (y.value, gradient(of: y, by: variables))
    }
  }

  /// The matrix of second derivatives.
  ///
  /// - Complexity: one recorded walk, and one walk per number.
  public func hessian() -> [[Double]] {
    recording {
      let slopes = function(variables).recordedGradients(by: variables)
      return zip(slopes, shapes).flatMap(components).map { gradient(of: $0, by: variables) }
    }
  }

  /// The residuals r and their Jacobian: entry [i][j] is ∂rᵢ/∂pⱼ.
  ///
  /// One walk per parameter, not per residual: g = Jᵀu is recorded for a vector u of variables, and the gradient of gⱼ
  /// by u is column j.
  public func residualsAndJacobian() -> (residuals: [Double], jacobian: [[Double]]) {
    guard let residualFunction else { fatalError("Objective: its residuals are not known") }
    return recording {
      let r = residualFunction(variables)
      let values = r.tensor.elements
      let u = tape.parameter(Tensor(repeating: 1, shape: r.shape))
      let slopes = (r * u).sum().recordedGradients(by: variables)
      let columns = zip(slopes, shapes).flatMap(components).map { gradient(of: $0, by: [u]) }
      return (values, values.indices.map { row in columns.map { $0[row] } })
    }
  }

  /// The second derivative of every residual in a direction v: d²r(p + t·v)/dt² at t = 0.
  public func residualCurvature(along v: [Double]) -> [Double] {
    guard let residualFunction else { fatalError("Objective: its residuals are not known") }
    return recording {
      let t = tape.parameter(0.0)
      let moved = zip(variables, named(v)).map { variable, part in
        variable.isTensor ? variable + t * tape.constant(part.value) : variable + t * Variable(part.value.elements[0])
      }
      let r = residualFunction(moved)
      let u = tape.parameter(Tensor(repeating: 1, shape: r.shape))
      let slope = (r * u).sum().recordedGradients(by: [t])[0]
      return gradient(of: slope.recordedGradients(by: [t])[0], by: [u])
    }
  }

  /// What first became infinite or NaN where the parameters are, in the value or else in its gradient, if anything.
  func nonFinite() -> String? {
    recording {
      let y = function(variables)
      return tape.firstNonFinite(y.isRecorded ? y.backward() : nil)?.description
    }
  }

  /// By all numbers of some variables; 0 where nothing depends on them.
  private func gradient(of y: Variable<Double>, by variables: [Variable<Double>]) -> [Double] {
    guard y.isRecorded else { return variables.flatMap { Array(repeating: 0, count: $0.shape.count) } }
    let gradients = y.backward()
    return variables.flatMap { gradients.tensor(of: $0).elements }
  }

  /// The numbers of a recorded tensor as recorded scalars.
  private func components(of x: Variable<Double>, _ shape: Shape) -> [Variable<Double>] {
    guard x.isRecorded, x.isTensor else { return Array(repeating: x, count: shape.count) }
    return (0..<shape.count).map { place in
      var one = Tensor<Double>(repeating: 0, shape: shape)
      one.elements[place] = 1
      return (x * tape.constant(one)).sum()
    }
  }

  /// Runs a computation on the tape and forgets it.
  package func recording<Result>(_ body: () throws -> Result) rethrows -> Result {
    defer { tape.rewind(to: mark) }
    return try body()
  }
}
