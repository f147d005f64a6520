import Foundation

/// What a file must say beside the weights so that a network can be used by whoever reads it.
public struct ModelDescription: Equatable, Sendable, Codable {
  public var architecture: Architecture
  /// A loss by name, or a formula; it decides which side of a single score is which class.
  public var loss: String
  /// The names of the classes; empty for a regression.
  public var classes: [String]
  public var inputNames: [String]
  public var targetNames: [String]
  /// What the inputs went through before they reached the network.
  public var standardization: Standardization?

  public init(
    _ architecture: Architecture, loss: String, classes: [String] = [], inputNames: [String] = [],
    targetNames: [String] = [], standardization: Standardization? = nil
  ) {
    (self.architecture, self.loss, self.classes) = (architecture, loss, classes)
    (self.inputNames, self.targetNames, self.standardization) = (inputNames, targetNames, standardization)
  }

  /// The entry of a file's metadata under `model`.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Strings and finite numbers: nothing that JSON could refuse.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  /// - Throws: ``FileError/Kind/malformed`` where the file has no such entry.
  public init(of file: Safetensors, named name: String) throws(FileError) {
    guard let text = file.metadata["model"],
      let model = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)),
      model.architecture.layers.count > 1, model.architecture.layers.allSatisfy({ $0 > 0 })
    else { throw FileError(.malformed, name, "expected a trained model, found no description of one") }
    self = model
  }
}

extension Network {
  /// The network that a file holds.
  ///
  /// - Throws: ``FileError`` where weights are missing or have another shape than the description says.
  public init(
    _ description: ModelDescription, from file: Safetensors, named name: String, on tape: Tape<Element>
  ) throws(FileError) {
    self.init(description.architecture, on: tape, seed: 0)
    for parameter in weights + biases {
      let stored = try file.tensor(parameter.name!, shape: parameter.shape.dimensions, file: name)
      tape.update(parameter, to: Tensor(stored.elements(), shape: parameter.shape))
    }
  }
}
