// `k * x` for a number k. Literals are variables already: these overloads stand back for them.

extension Variable where Element: Number {
  @inlinable @inline(__always) @_disfavoredOverload
  public static func + (a: Variable, b: Element) -> Variable { a + Variable(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func + (a: Element, b: Variable) -> Variable { Variable(a) + b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func - (a: Variable, b: Element) -> Variable { a - Variable(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func - (a: Element, b: Variable) -> Variable { Variable(a) - b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func * (a: Variable, b: Element) -> Variable { a * Variable(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func * (a: Element, b: Variable) -> Variable { Variable(a) * b }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func / (a: Variable, b: Element) -> Variable { a / Variable(b) }
  @inlinable @inline(__always) @_disfavoredOverload
  public static func / (a: Element, b: Variable) -> Variable { Variable(a) / b }

  @_transparent
  public static func += (a: inout Variable, b: Variable) { a = a + b }
  @_transparent @_disfavoredOverload
  public static func += (a: inout Variable, b: Element) { a = a + Variable(b) }
  @_transparent
  public static func -= (a: inout Variable, b: Variable) { a = a - b }
  @_transparent @_disfavoredOverload
  public static func -= (a: inout Variable, b: Element) { a = a - Variable(b) }
  @_transparent
  public static func *= (a: inout Variable, b: Variable) { a = a * b }
  @_transparent @_disfavoredOverload
  public static func *= (a: inout Variable, b: Element) { a = a * Variable(b) }
  @_transparent
  public static func /= (a: inout Variable, b: Variable) { a = a / b }
  @_transparent @_disfavoredOverload
  public static func /= (a: inout Variable, b: Element) { a = a / Variable(b) }
}
