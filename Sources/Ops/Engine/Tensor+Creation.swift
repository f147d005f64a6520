// Tensors of given and of random numbers.

extension Tensor {
  /// 0 everywhere.
  public static func zeros(_ shape: Shape) -> Tensor { Tensor(repeating: 0, shape: shape) }
  /// 1 everywhere.
  public static func ones(_ shape: Shape) -> Tensor { Tensor(repeating: 1, shape: shape) }

  /// The matrix with ones on its diagonal and zeros elsewhere.
  public static func eye(_ rows: Int, _ columns: Int? = nil) -> Tensor {
    let columns = columns ?? rows
    return Tensor((0..<rows * columns).map { $0 / columns == $0 % columns ? 1 : 0 }, shape: [rows, columns])
  }

  /// The numbers from `start` in equal steps, as many as stay below `end`, or above it where the step is negative.
  ///
  /// ```swift
  /// Tensor<Double>.arange(0, 1, step: 0.25)  // [0.   0.25 0.5  0.75]
  /// ```
  public static func arange(_ start: Element, _ end: Element, step: Element = 1) -> Tensor {
    guard step != 0 else { fatalError("arange: a step of 0 never arrives") }
    let count = Swift.max(0, ((end - start) / step).rounded(.up))
    return Tensor((0..<Int(count)).map { start + Element($0) * step })
  }

  /// `count` numbers from `start` to `end`, both included, equally far apart.
  public static func linspace(_ start: Element, _ end: Element, _ count: Int) -> Tensor {
    guard count > 1 else { return Tensor(Array(repeating: start, count: count)) }
    let last = Element(count - 1)
    return Tensor(
      (0..<count).map { $0 == count - 1 ? end : start + (end - start) * (Element($0) / last) })
  }

  /// A row for each label, with 1 in its column and 0 elsewhere. Traps where a label is not below `classes`.
  ///
  /// ```swift
  /// Tensor<Double>.oneHot([2, 0], classes: 3)  // [[0. 0. 1.] [1. 0. 0.]]
  /// ```
  public static func oneHot(_ labels: [Int], classes: Int) -> Tensor {
    var result = zeros([labels.count, classes])
    for (row, label) in labels.enumerated() {
      guard (0..<classes).contains(label) else { fatalError("oneHot: no class \(label) among \(classes)") }
      result.elements[row * classes + label] = 1
    }
    return result
  }

  /// The numbers of some memory, copied.
  public init(copying elements: UnsafeBufferPointer<Element>, shape: Shape) {
    self.init(Array(elements), shape: shape)
  }
}

// MARK: - Random numbers

extension Tensor {
  /// Uniform numbers from a range, without its upper bound.
  public static func uniform(
    _ shape: Shape, in range: Range<Double> = 0..<1, using generator: inout SeededGenerator
  ) -> Tensor {
    Tensor((0..<shape.count).map { _ in Element(generator.uniform(in: range)) }, shape: shape)
  }

  /// Normally distributed numbers.
  public static func normal(
    _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, using generator: inout SeededGenerator
  ) -> Tensor {
    Tensor(
      (0..<shape.count).map { _ in Element(mean + standardDeviation * generator.normal()) }, shape: shape)
  }

  /// Weights of a layer from m to n units, shape [m, n], that keep the variance of values and gradients alike: uniform
  /// within ±√(6/(m + n)) (Glorot and Bengio, 2010).
  public static func glorot(_ inputs: Int, _ outputs: Int, using generator: inout SeededGenerator) -> Tensor {
    let bound = (6 / Double(inputs + outputs)).squareRoot()
    return uniform([inputs, outputs], in: -bound..<bound, using: &generator)
  }

  /// Weights of a layer from m to n units before a ReLU, shape [m, n]: normal with variance 2/m (He et al., 2015).
  public static func he(_ inputs: Int, _ outputs: Int, using generator: inout SeededGenerator) -> Tensor {
    normal([inputs, outputs], standardDeviation: (2 / Double(inputs)).squareRoot(), using: &generator)
  }
}
