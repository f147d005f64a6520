/// A structure of parameters, such as a model: it says which of its properties are to be differentiated by.
///
/// ```swift
/// struct Line: ParameterStructure {
///   var w = Tensor([0.0, 0]), b = 0.0
///   static var parameters: ParameterList<Line> { .init(\.w, \.b) }
/// }
/// let X = Tensor([[1.0, 0], [0, 1], [1, 1]]), y = Tensor([1.0, 2, 4])
/// var line = Line()
/// for _ in 0..<1000 {
///   let slope = line.gradient { squaredError(matmul(X, $0.w) + $0.b, y) }  // a Line
///   line.move(along: slope, by: -0.2)
/// }
/// line  // w = [2. 3.], b = -1.0, but for some 1e-10
/// ```
/// Numbers, tensors, arrays of them and other structures may be among the parameters. Other properties are what they are: of
/// a gradient they are those of the model. A structure of `Float` says `typealias Scalar = Float`.
public protocol ParameterStructure: ParameterValue where OnTape == RecordedParameters<Self> {
  /// The type of its numbers: `Double` unless it says otherwise.
  associatedtype Scalar = Double
  /// The properties that are parameters, by their key paths: `.init(\.w, \.b)`.
  static var parameters: ParameterList<Self> { get }
}

/// Which properties of a structure are its parameters.
public struct ParameterList<Root: ParameterStructure> {
  fileprivate struct Field {
    let path: PartialKeyPath<Root>
    let record: (Root, Tape<Root.Scalar>) -> Any
    let setGradient: (inout Root, Any, Gradients<Root.Scalar>) -> Void
    let move: (inout Root, Root, Root.Scalar) -> Void
  }

  fileprivate let fields: [Field]

  /// The properties in the order in which they come onto the tape. Traps where one has numbers of another type.
  public init<each Value: ParameterValue>(_ paths: repeat WritableKeyPath<Root, each Value>) {
    var fields: [Field] = []
    for path in repeat each paths { fields.append(Self.field(path)) }
    self.fields = fields
  }

  private static func field<Value: ParameterValue>(_ path: WritableKeyPath<Root, Value>) -> Field {
    guard Value.Scalar.self == Root.Scalar.self else {
      fatalError("\(Root.self): a parameter of \(Value.Scalar.self) in a structure of \(Root.Scalar.self)")
    }
    return Field(
      path: path,
      record: { $0[keyPath: path].recordedParameter(on: $1 as! Tape<Value.Scalar>, isConstant: false) },
      setGradient: { root, recorded, gradients in
        root[keyPath: path] = root[keyPath: path].parameterGradient(
          of: recorded as! Value.OnTape, in: gradients as! Gradients<Value.Scalar>)
      },
      move: { $0[keyPath: path].move(along: $1[keyPath: path], by: $2 as! Value.Scalar) })
  }
}

/// A structure of parameters in the function that is differentiated: its properties by their names, as variables.
///
/// What a model computes is written for it:
///
/// ```swift
/// extension RecordedParameters<Line> {
///   func predicted(_ X: Tensor<Double>) -> Variable<Double> { matmul(X, self.w) + self.b }
/// }
/// ```
@dynamicMemberLookup
public struct RecordedParameters<Root: ParameterStructure> {
  /// The structure itself, with plain values.
  public let plain: Root
  private let tape: Tape<Root.Scalar>
  private let fields: [PartialKeyPath<Root>: Any]

  fileprivate init(_ plain: Root, on tape: Tape<Root.Scalar>, isConstant: Bool) {
    (self.plain, self.tape) = (plain, tape)
    let list = isConstant ? [] : Root.parameters.fields.map { ($0.path, $0.record(plain, tape)) }
    fields = Dictionary(list) { first, _ in first }
  }

  /// The variables of a property; constants where it is none of the parameters.
  public subscript<Value: ParameterValue>(dynamicMember path: WritableKeyPath<Root, Value>) -> Value.OnTape
  where Value.Scalar == Root.Scalar {
    if let recorded = fields[path] { return recorded as! Value.OnTape }
    return plain[keyPath: path].recordedParameter(on: tape, isConstant: true)
  }

  /// A property that holds no numbers or cannot be changed, as it is.
  @_disfavoredOverload
  public subscript<Value>(dynamicMember path: KeyPath<Root, Value>) -> Value { plain[keyPath: path] }

  fileprivate func gradient(in gradients: Gradients<Root.Scalar>) -> Root {
    var result = plain
    for field in Root.parameters.fields { field.setGradient(&result, fields[field.path]!, gradients) }
    return result
  }
}

extension ParameterStructure {
  public func recordedParameter(on tape: Tape<Scalar>, isConstant: Bool) -> RecordedParameters<Self> {
    RecordedParameters(self, on: tape, isConstant: isConstant)
  }
  public func parameterGradient(of recorded: RecordedParameters<Self>, in gradients: Gradients<Scalar>) -> Self {
    recorded.gradient(in: gradients)
  }
  public mutating func move(along direction: Self, by step: Scalar) {
    for field in Self.parameters.fields { field.move(&self, direction, step) }
  }
}
