/// A feed-forward network: a⁰ = x, zˡ = aˡ⁻¹·Wˡ + bˡ, aˡ = σ(zˡ), and the output's own activation in the last layer.
///
/// Examples are rows, so weights stand as [inputs, outputs]. One layer is enough for most of the classical models:
///
/// | layers | output | loss | model |
/// |---|---|---|---|
/// | [d, 1] | identity | quadratic | linear regression; ridge with an L2 penalty |
/// | [d, 1] | identity | hinge, squared-hinge, logistic | linear classifiers of ±1 |
/// | [d, 1] | sigmoid | perceptron | the perceptron of 0 and 1 with its error |
/// | [d, 1] | sigmoid | cross-entropy | logistic regression |
/// | [1, 1] | sigmoid | quadratic | the single neuron |
/// | [d, k] | sigmoid | quadratic | the single-layer network |
///
/// ```swift
/// let tape = Tape<Float>()
/// let network = Network(Architecture([784, 30, 10]), on: tape, seed: 1)
/// network(x).shape  // [examples, 10]
/// ```
public struct Network<Element: Number> {
  /// The sizes of the layers and their activations.
  public let architecture: Architecture
  /// Wˡ, shape [inputs, outputs], named `weights.0`, `weights.1`, ….
  public let weights: [Variable<Element>]
  /// bˡ, shape [outputs], named `biases.0`, ….
  public let biases: [Variable<Element>]

  /// A network with random weights and biases 0.
  public init(_ architecture: Architecture, on tape: Tape<Element>, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    self.init(architecture, on: tape) { layer in
      let spread = architecture.spread(ofLayer: layer)
      let count = architecture.layers[layer] * architecture.layers[layer + 1]
      return (0..<count).map { _ in Element(spread * generator.normal()) }
    }
  }

  /// A network with given weights, row by row, and biases 0.
  init(_ architecture: Architecture, on tape: Tape<Element>, weights: (_ layer: Int) -> [Element]) {
    self.architecture = architecture
    let layers = architecture.layers
    self.weights = (0..<layers.count - 1).map { layer in
      tape.parameter(
        Tensor(weights(layer), shape: [layers[layer], layers[layer + 1]]), "weights.\(layer)")
    }
    biases = (0..<layers.count - 1).map { layer in
      tape.parameter(Tensor(repeating: 0, shape: [layers[layer + 1]]), "biases.\(layer)")
    }
  }

  /// zᴸ, what goes into the output's activation.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func scores(_ x: Variable<Element>) -> Variable<Element> {
    var a = x
    for layer in weights.indices {
      let z = matmul(a, weights[layer]) + biases[layer]
      if layer == weights.count - 1 { return z }
      a = architecture.activation(z)
    }
    return a
  }

  /// The output for a batch of inputs [examples, inputs].
  public func callAsFunction(_ x: Variable<Element>) -> Variable<Element> {
    architecture.output(scores(x))
  }
}

/// The shape of a network: sizes and activations.
public struct Architecture: Equatable, Sendable, Codable {
  /// The number of inputs, of the neurons of each hidden layer, and of outputs.
  public let layers: [Int]
  /// Of the hidden layers.
  public let activation: Activation
  /// Of the last layer.
  public let output: Activation

  /// - Precondition: at least an input and an output layer, none empty.
  public init(_ layers: [Int], activation: Activation = .sigmoid, output: Activation = .sigmoid) {
    precondition(
      layers.count > 1 && layers.allSatisfy { $0 > 0 }, "Architecture: \(layers) are no layers of a network")
    (self.layers, self.activation, self.output) = (layers, activation, output)
  }

  /// The standard deviation of random weights: 1/√inputs keeps the weighted sums of a layer near 1, where the
  /// activations have their slope; ReLU, which lets only half of them through, needs √2 of that (He et al., 2015).
  func spread(ofLayer layer: Int) -> Double {
    let isHidden = layer < layers.count - 2
    return ((isHidden && activation == .relu ? 2 : 1) / Double(layers[layer])).squareRoot()
  }
}
