/// The parameters of a tape with what the optimizer remembers of each, in arrays that live as long as the training.
final class TrainedParameters<Element: Number> {
  let variables: [Variable<Element>]
  let names: [String]
  /// Per parameter the arrays of ``Optimizer/memory``.
  let memory: [[UnsafeMutableBufferPointer<Element>]]
  let memoryNames: [String]
  let isWeight: [Bool]
  private let tape: Tape<Element>
  /// Per parameter room for a gradient that is changed before it is used, or that is zero.
  private let gradients: [UnsafeMutableBufferPointer<Element>]
  /// The values when ``change()`` was last asked.
  var before: [[Element]] = []

  init(of tape: Tape<Element>, _ optimizer: any Optimizer, weights: [Variable<Element>]?) {
    let variables = tape.parameters
    self.tape = tape
    self.variables = variables
    memoryNames = optimizer.memory
    names = variables.enumerated().map { $1.name ?? "parameter.\($0)" }
    let chosen = weights.map { Set($0.compactMap(\.node)) }
    isWeight = variables.map { variable in chosen?.contains(variable.node!) ?? (variable.shape.rank >= 2) }
    func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
      let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    memory = variables.map { variable in optimizer.memory.map { _ in zeros(variable.shape.count) } }
    gradients = variables.map { zeros($0.shape.count) }
    before = values
  }

  deinit {
    for buffer in memory.joined() { buffer.deallocate() }
    for buffer in gradients { buffer.deallocate() }
  }

  var values: [[Element]] { variables.map { $0.tensor.elements } }

  /// One step of the optimizer for every parameter.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func update(
    _ upstream: Gradients<Element>, _ optimizer: any Optimizer, rate: Double, step: Int, _ clipping: Clipping
  ) {
    if clipping != .none {
      for index in variables.indices { copyGradient(upstream, index) }
      clipping.apply(to: gradients)
    }
    for index in variables.indices {
      let (parameter, memory, isWeight) = (variables[index], memory[index], isWeight[index])
      let gradient = clipping == .none ? gradient(upstream, index) : gradients[index]
      tape.withElements(of: parameter) { elements in
        let slot = Slot(parameter: elements, gradient: gradient, memory: memory, isWeight: isWeight)
        optimizer.update(slot, rate: rate, step: step)
      }
    }
  }

  /// Where the walk left the gradient of a parameter, or a copy.
  private func gradient(_ upstream: Gradients<Element>, _ index: Int) -> UnsafeMutableBufferPointer<Element> {
    if variables[index].isTensor, let buffer = upstream.buffer(of: variables[index]) {
      return buffer.elements(Element.self)
    }
    copyGradient(upstream, index)
    return gradients[index]
  }

  private func copyGradient(_ upstream: Gradients<Element>, _ index: Int) {
    let (parameter, target) = (variables[index], gradients[index])
    if !parameter.isTensor {
      target[0] = upstream[parameter]
    } else if upstream.withElements(of: parameter, { _ = target.update(fromContentsOf: $0) }) == nil {
      target.update(repeating: 0)
    }
  }

  /// Whether all elements are finite.
  var isFinite: Bool { variables.allSatisfy { tape.withElements(of: $0, OptimizerSteps.isFinite) } }

  /// How far the parameters have moved since this was last asked.
  func change() -> Double {
    let (now, last) = (values, before)
    before = now
    return zip(now, last).reduce(0) { sum, pair in
      sum + zip(pair.0, pair.1).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }.squareRoot()
  }
}

extension Tape {
  /// The handles of all parameters on the tape, in the order in which they were made.
  package var parameters: [Variable<Element>] {
    (0..<count).filter { tag(of: $0).code == Tag.Leaf.parameter.rawValue }.map { anyHandle($0) }
  }
}
