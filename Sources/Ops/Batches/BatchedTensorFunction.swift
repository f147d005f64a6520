/// A recorded function of tensors at many points at once: what JAX calls `vmap`.
///
/// ```swift
/// let f = try RecordedFunction(at: [Tensor([[1.0, 2]]), Tensor([3.0, 4])]) { softmax(matmul($0[0], $0[1])).sum() }
/// let many = try BatchedTensorFunction(f, shared: [0])
/// many.values(at: [Tensor([[1, 2]]), Tensor([[3, 4], [5, 6], [7, 8]])])  // of three vectors, by one matrix
/// ```
/// Inputs, results and gradients have one more axis, in front, along which the points differ; inputs that all share do not.
/// Every operation is recorded once for all points. It belongs to one thread at a time.
public final class BatchedTensorFunction<Element: Number> {
  private let function: RecordedFunction<Element>
  private let shared: Set<Int>
  private let tape = Tape<Element>()
  private let start: Mark

  /// - Parameters:
  ///   - function: of tensors, with one result.
  ///   - shared: the places of the inputs that are the same for all points; each point has the others.
  /// - Throws: ``BatchError`` where an operation on tensors has no batch, or there is no room for one more axis.
  public init(_ function: RecordedFunction<Element>, shared: [Int] = []) throws(BatchError) {
    let places = function.inputs.indices
    precondition(shared.allSatisfy(places.contains), "BatchedTensorFunction: \(shared)")
    (self.function, self.shared) = (function, Set(shared))
    start = tape.mark()
    _ = function.output
    guard self.shared.count < places.count else { throw BatchError("all of its inputs are shared") }
    let recorded = function.tape
    for node in 0..<recorded.count {
      if case .tensor(let rule)? = Catalog.kind(of: recorded.tag(of: node).code),
        !(rule is any BatchableRule.Type || rule is any FusedTensorRule.Type)
      {
        throw BatchError("\(rule.name) does not say how it carries one")
      }
      let shape = recorded.anyHandle(node).shape
      if shape.rank == Shape.maximalRank { throw BatchError("\(shape) has no room for one more axis") }
    }
  }

  /// f at each point.
  public func values(at x: [Tensor<Element>]) -> Tensor<Element> { run(x).values.tensor }

  /// f, a number, at each point, and its gradient by each input: of each point by its own, and of the sum over all points
  /// by those that they share.
  public func valuesWithGradients(at x: [Tensor<Element>]) -> (values: Tensor<Element>, gradients: [Tensor<Element>]) {
    guard function.output.shape.count == 1 else {
      fatalError("valuesWithGradients: the value must be a scalar, not a tensor of shape \(function.output.shape)")
    }
    let (inputs, values) = run(x)
    let gradients = values.sum().backward()
    return (values.tensor, inputs.map { gradients.tensor(of: $0) })
  }

  private func run(_ x: [Tensor<Element>]) -> (inputs: [Variable<Element>], values: Variable<Element>) {
    let count = checkedCount(x)
    tape.rewind(to: start)
    let inputs = x.map { tape.parameter($0) }
    let operands = inputs.enumerated().map { Batched($1, shared.contains($0) ? nil : count) }
    let values = function.values(operands) { Batched(tape.constant($0.unreportedTensor), nil) }
    let output = function.output
    // A result that is a plain number stands on no tape.
    let value = output.node.map { values[$0] } ?? Batched(tape.constant(Tensor(output.unreportedValue)), nil)
    return (inputs, value.spread(count))
  }

  /// How many points there are.
  private func checkedCount(_ x: [Tensor<Element>]) -> Int {
    let recorded = function.inputs.map(\.shape)
    let count = x.indices.first { !shared.contains($0) }.flatMap { x[$0].shape.dimensions.first } ?? 0
    let wanted = recorded.enumerated().map { shared.contains($0) ? $1 : $1.inFront(count) }
    guard x.map(\.shape) == wanted else {
      fatalError("BatchedTensorFunction: shapes \(x.map(\.shape)); \(wanted) are needed")
    }
    return count
  }
}
