/// The operands of a rule: up to three, without an array.
@frozen
public struct Operands<T> {
  /// The first operand.
  public var a: T
  /// The second; nil where there is only one.
  public var b: T?
  /// The third; nil where there are fewer.
  public var c: T?

  /// One operand to three.
  @inlinable
  public init(_ a: T, _ b: T? = nil, _ c: T? = nil) { (self.a, self.b, self.c) = (a, b, c) }

  package init(list: [T]) {
    self.init(list[0], list.count > 1 ? list[1] : nil, list.count > 2 ? list[2] : nil)
  }

  var list: [T] { [a, b, c].compactMap { $0 } }

  func map<U>(_ transform: (T) -> U) -> Operands<U> {
    Operands<U>(transform(a), b.map(transform), c.map(transform))
  }
}

/// What a pullback sends to each operand; nil where nothing is wanted.
public struct Contributions<T> {
  /// What goes to the first operand.
  public var a: T?
  /// What goes to the second.
  public var b: T?
  /// What goes to the third.
  public var c: T?

  /// In the order of the operands: `Contributions(g * c.b, g * c.a)` for a product.
  public init(_ a: T?, _ b: T? = nil, _ c: T? = nil) { (self.a, self.b, self.c) = (a, b, c) }
}

/// Which operands a gradient is wanted for.
public struct Wanted: OptionSet, Sendable {
  public let rawValue: UInt8
  /// A bit for each operand, the lowest for the first.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// By the place of each operand.
  init(_ operands: Range<Int>, _ isWanted: (Int) -> Bool) {
    self.init(rawValue: 0)
    for place in operands where isWanted(place) { formUnion(Wanted(rawValue: 1 << UInt8(place))) }
  }

  /// The first operand.
  public static let a = Wanted(rawValue: 1)
  /// The second operand.
  public static let b = Wanted(rawValue: 2)
  /// The third operand.
  public static let c = Wanted(rawValue: 4)
}
