/// A function as StableHLO text, which XLA compiles for processors, GPUs and TPUs.
///
/// ```swift
/// let f = try RecordedFunction(at: [1.0, 2.0]) { p in sin(p[0]) * p[1] }
/// try StableHLO(f, .valueWithGradient).text
/// ```
/// Its function is called `main`. It takes the inputs in their order, then the lists of indices, and gives the results, then
/// the gradients that were asked for.
public struct StableHLO: Sendable {
  /// What the module computes.
  public enum Content: Sendable { case value, valueWithGradient }

  /// The module.
  public var text: String { text(for: Distribution()) }
  private let inputs: [(name: String?, value: HLOWriter.Value)]
  private let lines: [String]
  private let results: [HLOWriter.Value]
  /// How many arguments it takes, without lists of indices.
  public var inputCount: Int { inputs.count - indices.count }
  /// The arguments behind them: labels and other indices, as whole numbers of 32 bits.
  public let indices: [IndexArgument]
  /// The shapes of its results, in their order.
  public var resultShapes: [Shape] { results.map(\.shape) }

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
    var writer = HLOWriter(trace, inputCount: inputs.count, precision)
    let isNeeded = trace.needed(for: places)
    for place in isNeeded.indices where isNeeded[place] { writer.write(place) }
    var taken = Set(inputs.compactMap(\.name))
    indices = trace.indices.map { $0.named(besides: &taken) }
    let values: [(String?, Shape, String)] =
      inputs.map { ($0.name, $0.shape, writer.element) } + indices.map { ($0.name, [$0.indices.count], "i32") }
    self.inputs = values.enumerated().map { ($1.0, HLOWriter.Value("%arg\($0)", $1.1, $1.2)) }
    self.results = zip(places, results).map { HLOWriter.Value(writer.value($0).name, $1.shape, writer.element) }
    lines = writer.lines
  }

  /// The module, with what the compiler is to know of devices and memory.
  package func text(for distribution: Distribution) -> String {
    let names = inputs.compactMap { name, value in name.map { "  // \(value.name) is \($0)\n" } }
    let arguments = inputs.enumerated().map { place, input in
      "\(input.value.name): \(input.value.type)"
        + distribution.attributes(ofArgument: place, rank: input.value.shape.rank)
    }
    let annotated = results.map { $0.type + distribution.attributesOfResult }
    return """
      module @chainrule\(distribution.attributesOfModule) {
      \(names.joined())  func.func public @main(\(arguments.joined(separator: ", "))) -> (\(annotated.joined(separator: ", "))) {
      \(lines.map { "    \($0)\n" }.joined())\
          return \(results.names) : \(results.types)
        }
      }

      """
  }
}

/// Why a function cannot be exported.
public struct ExportError: Error, Sendable, CustomStringConvertible {
  public let description: String
  package init(description: String) { self.description = description }
}
