import Foundation

/// What a file must say beside the weights so that a network can be used by whoever reads it.
public struct ModelDescription: Equatable, Sendable, Codable {
  /// The sizes of the layers and their activations.
  public var architecture: Architecture
  /// A loss by name, or a formula; it decides which side of a single score is which class.
  public var loss: String
  /// The names of the classes; empty for a regression.
  public var classes: [String]
  /// What the inputs are called; empty where they have no names.
  public var inputNames: [String]
  /// What the targets are called; empty where they have no names.
  public var targetNames: [String]
  /// What the inputs went through before they reached the network.
  public var standardization: Standardization?
  /// What the targets went through; its inverse makes predictions of outputs.
  public var targetStandardization: Standardization?
  /// How the columns of a table became the inputs; nil where they were no columns of a table.
  public var encoding: InputEncoding?

  /// A description; what is not given the model does not have.
  public init(
    _ architecture: Architecture, loss: String, classes: [String] = [], inputNames: [String] = [],
    targetNames: [String] = [], standardization: Standardization? = nil, targetStandardization: Standardization? = nil,
    encoding: InputEncoding? = nil
  ) {
    (self.architecture, self.loss, self.classes) = (architecture, loss, classes)
    (self.inputNames, self.targetNames, self.standardization) = (inputNames, targetNames, standardization)
    (self.targetStandardization, self.encoding) = (targetStandardization, encoding)
  }

  /// The entry of a file's metadata under `model`.
  public var text: String {
    // Strings and finite numbers: nothing that JSON could refuse.
    try! sortedJSON()
  }

  /// - Throws: `FileError.Kind.malformed` where the file has no such entry, or one that contradicts itself.
  public init(of file: Safetensors, named name: String) throws(FileError) {
    guard let text = file.metadata["model"],
      let model = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)),
      model.architecture.layers.count > 1, model.architecture.layers.allSatisfy({ $0 > 0 })
    else { throw FileError(.malformed, name, "expected a trained model, found no description of one") }
    if let contradiction = model.contradiction { throw FileError(.malformed, name, "its model \(contradiction)") }
    self = model
  }

  /// What does not fit together: nothing here is allocated or used before it has been looked at.
  private var contradiction: String? {
    let (inputs, outputs) = (architecture.layers[0], architecture.layers[architecture.layers.count - 1])
    if let standardization, !standardization.isValid(forWidth: inputs) {
      return "standardizes other inputs than its \(inputs)"
    }
    if let targetStandardization, !targetStandardization.isValid(forWidth: outputs) {
      return "standardizes other targets than its \(outputs)"
    }
    if let encoding, encoding.width != inputs { return "has columns for \(encoding.width) inputs and takes \(inputs)" }
    if !inputNames.isEmpty, inputNames.count != inputs { return "names \(inputNames.count) inputs and takes \(inputs)" }
    if !classes.isEmpty, classes.count != outputs, (classes.count, outputs) != (2, 1) {
      return "has \(classes.count) classes and \(counted(outputs, "output"))"
    }
    if classes.isEmpty, !targetNames.isEmpty, targetNames.count != outputs {
      return "names \(targetNames.count) targets and has \(counted(outputs, "output"))"
    }
    return nil
  }
}

// MARK: - Using a model

extension Network {
  /// The network that a file holds.
  ///
  /// - Throws: `FileError` where weights are missing or have another shape than the description says; the shapes are
  ///   looked at before anything is made of that size.
  public init(
    _ description: ModelDescription, from file: Safetensors, named name: String, on tape: Tape<Element>
  ) throws(FileError) {
    let layers = description.architecture.layers
    let stored = try (0..<layers.count - 1).map { layer throws(FileError) in
      (
        weights: try file.tensor("weights.\(layer)", shape: [layers[layer], layers[layer + 1]], file: name),
        biases: try file.tensor("biases.\(layer)", shape: [layers[layer + 1]], file: name)
      )
    }
    self.init(description.architecture, on: tape) { stored[$0].weights.elements() }
    for (bias, stored) in zip(biases, stored) { tape.update(bias, to: Tensor(stored.biases)!) }
  }

  /// What a trained network says of inputs as a table has them: standardized as it was trained, its outputs brought back to
  /// the unit of the targets.
  ///
  /// - Precondition: as many columns as the network has inputs.
  public func predictions(
    for rows: Rows<Element>, by description: ModelDescription, on tape: Tape<Element>
  ) -> Rows<Element> {
    let outputs = outputs(for: description.standardization?.applied(to: rows) ?? rows, on: tape)
    return description.targetStandardization?.inverted(outputs) ?? outputs
  }
}
