/// The operands of a rule, or what goes back to them: up to three, without an array.
@frozen
public struct Operands<T> {
  public var a: T
  public var b: T?
  public var c: T?

  @inlinable
  public init(_ a: T, _ b: T? = nil, _ c: T? = nil) { (self.a, self.b, self.c) = (a, b, c) }

  /// How many there are.
  var count: Int { b == nil ? 1 : c == nil ? 2 : 3 }

  subscript(place: Int) -> T? { place == 0 ? a : place == 1 ? b : c }

  init(_ list: [T]) {
    self.init(list[0], list.count > 1 ? list[1] : nil, list.count > 2 ? list[2] : nil)
  }

  func map<U>(_ transform: (T) -> U) -> Operands<U> {
    Operands<U>(transform(a), b.map(transform), c.map(transform))
  }
}

/// What a pullback sends to each operand; nil where nothing is wanted.
public struct Contributions<T> {
  public var a: T?
  public var b: T?
  public var c: T?

  public init(_ a: T?, _ b: T? = nil, _ c: T? = nil) { (self.a, self.b, self.c) = (a, b, c) }
}

/// Which operands a gradient is wanted for.
public struct Wanted: Sendable {
  public var a = false
  public var b = false
  public var c = false
}
