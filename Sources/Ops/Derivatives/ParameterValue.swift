/// What one can differentiate by: a number, a tensor, an array of such, or a structure of them (``ParameterStructure``).
///
/// In the function that is differentiated, variables stand for it, in the same form.
public protocol ParameterValue {
  /// The type of its numbers.
  associatedtype Scalar: Number
  /// What stands for it in the function: a variable, or several in its form.
  associatedtype OnTape
  /// Its variables on a tape: parameters, or constants where no gradient is wanted.
  func recordedParameter(on tape: Tape<Scalar>, isConstant: Bool) -> OnTape
  /// The gradient by its variables, in its own form.
  func parameterGradient(of recorded: OnTape, in gradients: Gradients<Scalar>) -> Self
  /// Adds `step` times `direction`, which has its form: with a gradient and a negative step one step of a descent.
  mutating func move(along direction: Self, by step: Scalar)
}

extension ParameterValue where Self: Number, Scalar == Self, OnTape == Variable<Self> {
  public func recordedParameter(on tape: Tape<Self>, isConstant: Bool) -> Variable<Self> {
    isConstant ? tape.constant(self) : tape.parameter(self)
  }
  public func parameterGradient(of recorded: Variable<Self>, in gradients: Gradients<Self>) -> Self {
    gradients[recorded]
  }
  public mutating func move(along direction: Self, by step: Self) { self += step * direction }
}

extension Double: ParameterValue {
  public typealias Scalar = Double
  public typealias OnTape = Variable<Double>
}

extension Float: ParameterValue {
  public typealias Scalar = Float
  public typealias OnTape = Variable<Float>
}

extension Tensor: ParameterValue where Element: Number {
  public func recordedParameter(on tape: Tape<Element>, isConstant: Bool) -> Variable<Element> {
    isConstant ? tape.constant(self) : tape.parameter(self)
  }
  public func parameterGradient(of recorded: Variable<Element>, in gradients: Gradients<Element>) -> Tensor {
    gradients.tensor(of: recorded)
  }
  public mutating func move(along direction: Tensor, by step: Element) {
    guard shape == direction.shape else {
      fatalError("move: a tensor of shape \(shape) along one of \(direction.shape)")
    }
    for place in elements.indices { elements[place] += step * direction.elements[place] }
  }
}

extension Array: ParameterValue where Element: ParameterValue {
  public func recordedParameter(on tape: Tape<Element.Scalar>, isConstant: Bool) -> [Element.OnTape] {
    map { $0.recordedParameter(on: tape, isConstant: isConstant) }
  }
  public func parameterGradient(of recorded: [Element.OnTape], in gradients: Gradients<Element.Scalar>) -> [Element] {
    zip(self, recorded).map { $0.parameterGradient(of: $1, in: gradients) }
  }
  public mutating func move(along direction: [Element], by step: Element.Scalar) {
    guard count == direction.count else { fatalError("move: \(count) parameters along \(direction.count)") }
    for place in indices { self[place].move(along: direction[place], by: step) }
  }
}
