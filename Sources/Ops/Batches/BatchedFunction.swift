/// A recorded function of numbers at many points at once.
///
/// ```swift
/// let f = try RecordedFunction(at: [1.0, 2.0]) { p in sin(p[0]) * p[1] }
/// let many = try BatchedFunction(f, shared: [1])
/// let answer = many(points: Tensor([[0.5], [1], [1.5]]), shared: [3], gradients: .shared)
/// answer.values          // 3·sin(0.5), 3·sin(1), 3·sin(1.5)
/// answer.sharedGradient  // the sum of sin over the three
/// ```
/// It runs over strips of 32 points, one elementary operation after the other, on all threads; the bits are the same for any
/// number of them. It may be called from several threads at a time.
public final class BatchedFunction<Element: Number>: Sendable {
  /// Which gradients are computed beside the values.
  public enum Gradients: Int, Sendable, CaseIterable {
    case none
    /// Of the sum of all values by the inputs that all points share.
    case shared
    /// That, and for each point of its value by its own inputs.
    case all
  }

  /// Values, and the gradients that were asked for, of one run over all points.
  public struct Answer: Sendable {
    /// By point.
    public let values: [Element]
    /// Σ ∂f/∂x over all points, for each shared input; empty unless it was asked for.
    public let sharedGradient: [Element]
    /// ∂f/∂x by point, for each input that points have; nil unless it was asked for.
    public let pointGradients: Tensor<Element>?
  }

  /// The inputs that all points share, and those that each has, by their places.
  public let shared, perPoint: [Int]
  private let programs: [StripProgram]
  private let memory = StripMemory<Element>()

  /// - Parameters:
  ///   - function: of numbers, with one or more results.
  ///   - shared: the places of the inputs that are the same for all points; each point has the others.
  /// - Throws: ``BatchError`` where the function is not one of numbers alone, or has an operation that no strip has.
  public init(_ function: RecordedFunction<Element>, shared: [Int] = []) throws(BatchError) {
    let count = function.inputs.count
    precondition(
      Set(shared).count == shared.count && shared.allSatisfy((0..<count).contains), "BatchedFunction: \(shared)")
    let perPoint = (0..<count).filter { !shared.contains($0) }
    (self.shared, self.perPoint) = (shared, perPoint)
    guard function.outputs.count == 1 else { throw BatchError("it has \(function.outputs.count) results") }
    guard function.output.shape.count == 1 else {
      throw BatchError("its result is a tensor of shape \(function.output.shape)")
    }
    for (place, input) in function.inputs.enumerated() where input.shape.rank > 0 {
      throw BatchError("input \(place + 1) is a tensor of shape \(input.shape), which a BatchedTensorFunction takes")
    }
    let trace = Trace()
    // Besides the inputs a weight, which is 0 for what fills up the last strip.
    let x = (0..<count).map { trace.input($0, .scalar) }, weight = trace.input(count, .scalar)
    let (results, gradients) = function.traced(in: trace, x, gradientBy: Array(0..<count), seed: weight)
    try Self.check(trace)
    let (value, slopes) = (results[0].place(in: trace), gradients.map { $0.place(in: trace) })
    let isPerPoint = (0...count).map { !shared.contains($0) }
    programs = Gradients.allCases.map { wanted in
      StripProgram(
        trace, perPoint: isPerPoint, results: [value] + (wanted == .all ? perPoint.map { slopes[$0] } : []),
        totals: wanted == .none ? [] : shared.map { slopes[$0] }, Precision(Element.self))
    }
  }

  private static func check(_ trace: Trace) throws(BatchError) {
    for instruction in trace.instructions {
      switch instruction.operation {
      case .whole(let operation): throw BatchError("it has an operation on tensors: \(operation)")
      case .indices: throw BatchError("it has indices of a tensor")
      case .constant: throw BatchError("it has a constant tensor")
      case .number, .input, .elementary: continue
      }
    }
  }

  /// The function at all points.
  ///
  /// - Parameters:
  ///   - points: [points, inputs]: the inputs that points have, in their order.
  ///   - shared: those that they share, in the order in which they were named.
  ///   - gradients: which of them are computed beside the values.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func callAsFunction(
    points: Tensor<Element>, shared: [Element] = [], gradients: Gradients = .none
  ) -> Answer {
    guard points.shape.rank == 2, points.shape[1] == perPoint.count, shared.count == self.shared.count else {
      fatalError(
        "BatchedFunction: points \(points.shape) and \(shared.count) shared inputs; [points, \(perPoint.count)] and "
          + "\(self.shared.count) are needed")
    }
    let run = BatchRun(programs[gradients.rawValue], points, columns: perPoint, shared: self.shared, shared, memory)
    return Answer(
      values: run.values, sharedGradient: run.totals,
      pointGradients: gradients == .all ? Tensor(run.others, shape: points.shape) : nil)
  }
}

/// Why a function cannot be run at many points at once.
public struct BatchError: Error, Sendable, CustomStringConvertible {
  public let description: String
  init(_ reason: String) { description = "no batch of this function: \(reason)" }
}
