/// What a rule on tensors is told besides its operands: an axis, a shape, a list of indices.
///
/// Plain data, which the tape keeps without knowing its type. `fields` says how each part is written in formulas, so that
/// they can be read from a text and printed: `roll(x, 2, axis=0)`.
public protocol RuleOptions: BitwiseCopyable, Sendable {
  /// As they are where nothing is said.
  init()
  /// In the order in which they may stand behind the operands without their names.
  static var fields: [OptionField<Self>] { get }
  /// The same with its lists of indices in other memory; itself where it has none.
  func keeping(_ keep: (IndexList) -> IndexList) -> Self
}

extension RuleOptions {
  public func keeping(_ keep: (IndexList) -> IndexList) -> Self { self }

  /// As they are where nothing is said, but for some parts.
  @inline(__always)
  init(_ change: (inout Self) -> Void) {
    self.init()
    change(&self)
  }

  /// The same with some parts changed.
  func with(_ change: (inout Self) -> Void) -> Self {
    var options = self
    change(&options)
    return options
  }
}

/// Options with a list of indices.
protocol IndexedOptions: RuleOptions {
  var indices: IndexList { get set }
}

extension IndexedOptions {
  package func keeping(_ keep: (IndexList) -> IndexList) -> Self { with { $0.indices = keep(indices) } }
}

/// Of a rule that needs none.
public struct NoOptions: RuleOptions {
  /// The bytes of a type without any have, optimized, an undefined length (Swift 6.3.1).
  private var nothing: UInt8 = 0
  /// Nothing to choose.
  public init() {}
  public static var fields: [OptionField<NoOptions>] { [] }
}

/// One part of a rule's options: its name in formulas, and how a number or a list of numbers becomes its value.
public struct OptionField<Options> {
  package let name: String
  /// Takes numbers of a text, given the shape of the first operand.
  package let read: (inout Options, [Int], Shape) throws(ShapeError) -> Void
  /// The numbers as they are written; nil where nothing needs to be said.
  package let written: (Options, Shape) -> [Int]?
  /// Whether it is written as a list even if it is one number.
  var isList = false
  /// Numbers that it may have whatever the operands are, for tests of every rule: none where it depends on them.
  package var examples: [[Int]] = []
}

extension OptionField {
  /// One whole number; not written where it is what it is without a word.
  static func whole(
    _ name: String, _ path: WritableKeyPath<Options, Int> & Sendable, unless usual: Int? = nil
  ) -> Self {
    Self(
      name: name,
      read: { (options, numbers, _) throws(ShapeError) in options[keyPath: path] = try one(numbers, name) },
      written: { options, _ in options[keyPath: path] == usual ? nil : [options[keyPath: path]] },
      examples: [[0], [1], [-2]])
  }

  /// 1 for yes, 0 for no; written only where it is yes, if at all.
  static func flag(
    _ name: String, _ path: WritableKeyPath<Options, Bool> & Sendable, isWritten: Bool = true
  ) -> Self {
    Self(
      name: name,
      read: { (options, numbers, _) throws(ShapeError) in options[keyPath: path] = try one(numbers, name) != 0 },
      written: { options, _ in isWritten && options[keyPath: path] ? [1] : nil }, examples: [[0], [1]])
  }

  /// One axis, counted from 0 or from the end.
  static func axis(_ name: String, _ path: WritableKeyPath<Options, Int> & Sendable) -> Self {
    Self(
      name: name,
      read: { (options, numbers, shape) throws(ShapeError) in
        options[keyPath: path] = try axisNumber(one(numbers, name), shape, name)
      },
      written: { options, _ in [options[keyPath: path]] }, examples: [[0], [-1]])
  }

  /// Some axes; all of them where nothing is said.
  static func axes(_ name: String, _ path: WritableKeyPath<Options, AxisSet> & Sendable) -> Self {
    Self(
      name: name,
      read: { (options, numbers, shape) throws(ShapeError) in
        options[keyPath: path] = AxisSet(bits: 0)
        for number in numbers { options[keyPath: path].bits |= 1 << UInt16(try axisNumber(number, shape, name)) }
      },
      written: { options, shape in
        let axes = (0..<shape.rank).filter(options[keyPath: path].contains)
        return axes.count == shape.rank ? nil : axes
      }, examples: [[0], [-1], [0, -1]])
  }

  static func shape(_ name: String, _ path: WritableKeyPath<Options, Shape> & Sendable) -> Self {
    Self(
      name: name,
      read: { (options, numbers, _) throws(ShapeError) in
        guard numbers.count <= Shape.maximalRank, numbers.allSatisfy({ (0...Int(Int32.max)).contains($0) }) else {
          throw ShapeError("\(name): \(numbers) is no shape")
        }
        options[keyPath: path] = Shape(numbers)
      },
      written: { options, _ in options[keyPath: path].dimensions }, isList: true)
  }

  /// As many whole numbers as there are axes; not written where all are what they are without a word.
  static func perAxis(
    _ name: String, _ path: WritableKeyPath<Options, AxisNumbers> & Sendable, unless usual: Int? = nil
  ) -> Self {
    Self(
      name: name,
      read: { (options, numbers, shape) throws(ShapeError) in
        guard numbers.count == shape.rank, numbers.allSatisfy({ Int32(exactly: $0) != nil }) else {
          throw ShapeError("\(name): \(numbers): a number for each axis of \(shape) is needed")
        }
        options[keyPath: path] = AxisNumbers(numbers)
      },
      written: { options, shape in
        let numbers = options[keyPath: path].prefix(shape.rank)
        return numbers.allSatisfy { $0 == usual } ? nil : numbers
      }, isList: true)
  }

  /// Indices along an axis of the first operand, or labels of classes along its last.
  static func indices(
    _ name: String, _ path: WritableKeyPath<Options, IndexList> & Sendable,
    below extent: @escaping (Options, Shape) -> Int
  ) -> Self {
    Self(
      name: name,
      read: { (options, numbers, shape) throws(ShapeError) in
        let extent = extent(options, shape)
        let wrapped = numbers.map { $0 < 0 ? $0 + extent : $0 }
        guard wrapped.allSatisfy({ (0..<extent).contains($0) }) else {
          throw ShapeError("\(name): \(numbers): the indices are to be below \(extent)")
        }
        options[keyPath: path] = IndexList(interning: wrapped)
      },
      written: { options, _ in options[keyPath: path].numbers }, isList: true)
  }

  private static func one(_ numbers: [Int], _ name: String) throws(ShapeError) -> Int {
    guard numbers.count == 1 else { throw ShapeError("\(name): one whole number is needed") }
    return numbers[0]
  }

  private static func axisNumber(_ axis: Int, _ shape: Shape, _ name: String) throws(ShapeError) -> Int {
    guard (-shape.rank..<shape.rank).contains(axis) else {
      throw ShapeError("no axis \(axis) in a tensor of \(shape.rank) dimensions")
    }
    return axis < 0 ? axis + shape.rank : axis
  }
}

/// A whole number for each axis.
public struct AxisNumbers: BitwiseCopyable, Sendable {
  private var numbers: SIMD8<Int32>

  /// One number per axis, 0 for the axes that the list does not reach; it has at most 8.
  public init(_ list: [Int]) {
    numbers = SIMD8(repeating: 0)
    for (axis, number) in list.enumerated() { numbers[axis] = Int32(number) }
  }
  /// The same number for every axis.
  public init(repeating number: Int) { numbers = SIMD8(repeating: Int32(number)) }

  /// The number of an axis, from 0 to 7.
  public subscript(axis: Int) -> Int {
    get { Int(numbers[axis]) }
    set { numbers[axis] = Int32(newValue) }
  }

  /// Those of the first `count` axes.
  public func prefix(_ count: Int) -> [Int] { (0..<count).map { self[$0] } }
}

extension IndexList {
  var numbers: [Int] { (0..<Int(count)).map { Int(base![$0]) } }

  /// Indices that stand in a text: kept for good, each list once, for no tape owns them.
  init(interning list: [Int]) {
    let address = Self.interned.withLock { known in
      if let address = known[list] { return address }
      let memory = UnsafeMutablePointer<Int32>.allocate(capacity: Swift.max(1, list.count))
      for (place, index) in list.enumerated() { memory[place] = Int32(index) }
      known[list] = UInt(bitPattern: memory)
      return UInt(bitPattern: memory)
    }
    self.init(base: UnsafePointer(bitPattern: address), count: Int32(list.count))
  }

  private static let interned = Locked<[[Int]: UInt]>([:])
}
