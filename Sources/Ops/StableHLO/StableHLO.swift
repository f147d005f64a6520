/// A function as StableHLO text, which XLA compiles for processors, GPUs and TPUs.
///
/// ```swift
/// let f = try RecordedFunction(at: [1.0, 2.0]) { p in sin(p[0]) * p[1] }
/// try StableHLO(f, .valueWithGradient).text
/// ```
/// Its function is called `main`. It takes the inputs in their order and gives the results, then the gradients that were
/// asked for.
public struct StableHLO: Sendable {
  /// What the module computes.
  public enum Content: Sendable { case value, valueWithGradient }

  /// The module.
  public let text: String
  /// How many arguments it takes.
  public let inputCount: Int
  /// The shapes of its results, in their order.
  public let resultShapes: [Shape]

  /// The most elements of a constant tensor: what is larger is to be an input.
  public static let largestConstant = 1 << 16

  /// - Throws: ``ExportError`` where a constant is too large to stand in a text.
  public init<Element: Number>(_ function: RecordedFunction<Element>, _ content: Content = .value) throws(ExportError) {
    let trace = Trace()
    let wanted = content == .value ? [] : Array(function.inputs.indices)
    let (results, gradients) = function.traced(in: trace, function.tracedInputs(in: trace), gradientBy: wanted)
    try self.init(
      trace, inputs: function.inputs.map { ($0.name, $0.shape) }, results: results + gradients, Precision(Element.self))
  }

  package init(
    _ trace: Trace, inputs: [(name: String?, shape: Shape)], results: [Traced], _ precision: Precision
  ) throws(ExportError) {
    for (elements, name) in trace.constants where elements.count > Self.largestConstant {
      throw ExportError(
        description:
          "\(name ?? "a constant") has \(elements.count) elements: what has more than \(Self.largestConstant) "
          + "cannot stand in the text; make it an input")
    }
    let places = results.map { $0.place(in: trace) }
    var writer = HLOWriter(trace, precision)
    let isNeeded = trace.needed(for: places)
    for place in isNeeded.indices where isNeeded[place] { writer.write(place) }
    let types = results.map { writer.type($0.shape) }
    let arguments = inputs.enumerated().map { "%arg\($0): \(writer.type($1.shape))" }
    let names = inputs.enumerated().compactMap { place, input in input.name.map { "  // %arg\(place) is \($0)\n" } }
    text = """
      module @chainrule {
      \(names.joined())  func.func public @main(\(arguments.joined(separator: ", "))) -> (\(types.joined(separator: ", "))) {
      \(writer.lines.map { "    \($0)\n" }.joined())\
          return \(places.map(writer.name).joined(separator: ", ")) : \(types.joined(separator: ", "))
        }
      }

      """
    (inputCount, resultShapes) = (inputs.count, results.map(\.shape))
  }
}

/// Why a function cannot be exported.
public struct ExportError: Error, Sendable, CustomStringConvertible {
  public let description: String
  package init(description: String) { self.description = description }
}
