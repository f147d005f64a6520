/// Numbers in an array of any rank: how tensors get into a tape and out of it.
///
/// ```swift
/// let x = Tensor<Double>([[1, 2], [3, 4]])
/// let X = tape.parameter(x, "X")
/// X.tensor == x  // true
/// ```
public struct Tensor<Element: Real>: Hashable, Sendable {
  /// The extents, outermost first.
  public let shape: Shape
  /// Row-major: the last axis runs fastest.
  public var elements: [Element]

  /// - Precondition: as many elements as the shape has.
  public init(_ elements: [Element], shape: Shape) {
    guard elements.count == shape.count else {
      fatalError("tensor: \(elements.count) elements do not fill shape \(shape)")
    }
    self.shape = shape
    self.elements = elements
  }

  /// A vector.
  public init(_ elements: [Element]) { self.init(elements, shape: [elements.count]) }

  /// A matrix by its rows.
  public init(_ rows: [[Element]]) {
    let width = rows.first?.count ?? 0
    guard rows.allSatisfy({ $0.count == width }) else { fatalError("tensor: rows of different lengths") }
    self.init(rows.flatMap { $0 }, shape: [rows.count, width])
  }

  /// One number without axes.
  public init(_ scalar: Element) { self.init([scalar], shape: .scalar) }

  /// - Precondition: the buffer has elements of this type.
  init(_ buffer: Buffer) { self.init(Array(buffer.elements(Element.self)), shape: buffer.shape) }

  /// The same number everywhere.
  public init(repeating element: Element, shape: Shape) {
    self.init(Array(repeating: element, count: shape.count), shape: shape)
  }
}
