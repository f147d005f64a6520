import Kernels

/// Every step-th element along each axis, from a start on: `places` are the starts, `steps` the steps (negative ones
/// run backwards), `shape` the shape of the result.
///
/// Nothing is copied where the elements stand one behind the other, as those of some rows do.
public enum Slice: TensorRule {
  @inlinable public static var code: UInt16 { Operation.slice.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { attributes.shape }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let window = Window(of: x.a.shape, attributes)
    if window.isContiguous || attributes.shape.count == 0 { return x.a.window(window).reshaped(attributes.shape) }
    let (from, to) = (x.a.window(window), y())
    withStrides(window.strides, to.shape) { rank, extents, strides in
      switch to.precision {
      case .single: ck_gather_f32(rank, extents, strides, from.single, to.single)
      case .double: ck_gather_f64(rank, extents, strides, from.double, to.double)
      }
    }
    return to
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    Contributions(g.placed(in: x.a.shape, attributes))
  }
}

/// Zeros of the shape `shape`, and in them the elements of x where `Slice` would have found them.
public enum Place: TensorRule {
  @inlinable public static var code: UInt16 { Operation.place.rawValue }
  public static var pullbackReadsValues: Bool { false }

  public static func shape(_ x: Operands<Shape>, _ attributes: Attributes) -> Shape { attributes.shape }
  public static func compute(
    _ x: Operands<Buffer>, _ attributes: Attributes, into y: () -> Buffer
  ) -> Buffer {
    let out = y()
    Buffer(number: 0).copy(into: out)
    if x.a.count == 0 { return out }
    var slice = attributes
    slice.shape = x.a.shape
    let window = Window(of: out.shape, slice)
    let to = out.window(window)
    withStrides(window.strides, x.a.shape) { rank, extents, strides in
      switch out.precision {
      case .single: ck_scatter_add_f32(rank, extents, strides, x.a.single, to.single)
      case .double: ck_scatter_add_f64(rank, extents, strides, x.a.double, to.double)
      }
    }
    return out
  }
  public static func pullback<T: TensorAlgebra>(
    _ g: T, _ x: Operands<T>, _ y: T, _ attributes: Attributes, _ wanted: Wanted
  ) -> Contributions<T> {
    var slice = attributes
    slice.shape = x.a.shape
    return Contributions(.apply(Slice.self, Operands(g), slice))
  }
}

/// Where the elements of a slice stand in memory.
private struct Window {
  var offset = 0
  var strides = SIMD8<Int>(repeating: 0)
  var isContiguous = true

  init(of shape: Shape, _ slice: Attributes) {
    let (from, own) = (shape.strides, slice.shape.strides)
    for axis in 0..<shape.rank {
      offset += Int(slice.places[axis]) * from[axis]
      strides[axis] = Int(slice.steps[axis]) * from[axis]
      isContiguous = isContiguous && (slice.shape[axis] == 1 || strides[axis] == own[axis])
    }
  }
}

extension Buffer {
  fileprivate func window(_ window: Window) -> Buffer {
    var result = self
    result.base = base.map { $0 + window.offset * precision.bytes }
    return result
  }
}

// MARK: - Which elements

/// Which elements of an axis a slice takes: in `x[1..., 0, .every(2)]` each index is one.
///
/// Negative bounds count from the end. `Int` takes one element and the axis away; the ranges of Swift, and `.all`,
/// `.from(-3)`, `.upTo(-1)`, `.every(2)`, `.reversed` keep it; `.newAxis` adds one of extent 1.
public struct AxisRange: Sendable {
  var start: Int?
  var end: Int?
  var step = 1
  var takesAxisAway = false
  var addsAxis = false

  /// From `start` up to, not including, `end`; to the last element of the axis where there is no end.
  public init(start: Int? = nil, end: Int? = nil, step: Int = 1) {
    guard step != 0 else { fatalError("slice: a step of 0 leads nowhere") }
    (self.start, self.end, self.step) = (start, end, step)
  }

  init(start: Int, count: Int, step: Int) { self.init(start: start, end: start + (count - 1) * step + 1, step: step) }
  init(_ range: Range<Int>) { self.init(start: range.lowerBound, end: range.upperBound) }

  /// The first place and how many, on an axis of some extent; nil where it leaves the axis.
  fileprivate func resolved(_ extent: Int) -> (start: Int, count: Int)? {
    func place(_ bound: Int) -> Int { bound < 0 ? bound + extent : bound }
    let first = start.map(place) ?? (step > 0 ? 0 : extent - 1)
    let past = end.map(place) ?? (step > 0 ? extent : -1)
    let count = Swift.max(0, step > 0 ? (past - first + step - 1) / step : (first - past - step - 1) / -step)
    guard count > 0 else { return (0...extent).contains(first) || first == -1 ? (0, 0) : nil }
    let last = first + (count - 1) * step
    guard (0..<extent).contains(first), (0..<extent).contains(last), past <= extent else { return nil }
    return (first, count)
  }
}

extension AxisRange: CustomStringConvertible {
  public var description: String {
    if addsAxis { return "new axis" }
    if takesAxisAway { return "\(start ?? 0)" }
    let bounds = "\(start.map(String.init) ?? ""):\(end.map(String.init) ?? "")"
    return step == 1 ? bounds : bounds + ":\(step)"
  }
}

/// What may stand in the brackets of a slice: `Int`, ranges of `Int`, and `AxisRange`.
public protocol AxisIndex {
  var axisRange: AxisRange { get }
}

extension AxisIndex where Self == AxisRange {
  public static var all: AxisRange { AxisRange() }
  public static var reversed: AxisRange { AxisRange(step: -1) }
  public static var newAxis: AxisRange {
    var range = AxisRange()
    range.addsAxis = true
    return range
  }
  public static func from(_ start: Int) -> AxisRange { AxisRange(start: start) }
  public static func upTo(_ end: Int) -> AxisRange { AxisRange(end: end) }
  public static func every(_ step: Int) -> AxisRange { AxisRange(step: step) }
}

extension AxisRange: AxisIndex { public var axisRange: AxisRange { self } }
extension Int: AxisIndex {
  public var axisRange: AxisRange {
    var range = AxisRange(start: self, end: self == -1 ? nil : self + 1)
    range.takesAxisAway = true
    return range
  }
}
extension Range<Int>: AxisIndex { public var axisRange: AxisRange { AxisRange(self) } }
extension ClosedRange<Int>: AxisIndex { public var axisRange: AxisRange { AxisRange(Range(self)) } }
extension PartialRangeFrom<Int>: AxisIndex { public var axisRange: AxisRange { .from(lowerBound) } }
extension PartialRangeUpTo<Int>: AxisIndex { public var axisRange: AxisRange { .upTo(upperBound) } }
extension PartialRangeThrough<Int>: AxisIndex { public var axisRange: AxisRange { .upTo(upperBound + 1) } }

// MARK: - Slices

extension TensorAlgebra {
  /// The elements at some places along each axis, as in NumPy; axes not mentioned are taken whole.
  ///
  /// ```swift
  /// x[0]                // the first row
  /// x[1..., -1]         // the last column, from row 1 on
  /// x[.all, .every(2)]  // every second column
  /// x[.reversed]        // the rows from last to first
  /// ```
  /// Nothing is copied where the elements stand one behind the other, as rows do. The gradient of what is not taken
  /// is 0. Traps where a range leaves its axis: `slice: [2, 3]: axis 1 has no 1:9`.
  public subscript(_ a: some AxisIndex) -> Self { sliced([a.axisRange]) }
  public subscript(_ a: some AxisIndex, _ b: some AxisIndex) -> Self { sliced([a.axisRange, b.axisRange]) }
  public subscript(_ a: some AxisIndex, _ b: some AxisIndex, _ c: some AxisIndex) -> Self {
    sliced([a.axisRange, b.axisRange, c.axisRange])
  }
  public subscript(
    _ a: some AxisIndex, _ b: some AxisIndex, _ c: some AxisIndex, _ d: some AxisIndex
  ) -> Self {
    sliced([a.axisRange, b.axisRange, c.axisRange, d.axisRange])
  }

  /// The elements from `starts` up to, not including, `ends`, every `steps`-th, along the leading axes; see
  /// `subscript`. Negative bounds count from the end; nil stands for an end of the axis.
  public func sliced(_ starts: [Int?], _ ends: [Int?], steps: [Int]? = nil) -> Self {
    guard starts.count == ends.count, steps.map({ $0.count == starts.count }) ?? true else {
      fatalError("slice: \(shape): \(starts.count) starts, \(ends.count) ends, \(steps?.count ?? starts.count) steps")
    }
    return sliced(starts.indices.map { AxisRange(start: starts[$0], end: ends[$0], step: steps?[$0] ?? 1) })
  }

  /// As `subscript`, with the indices in an array.
  public func sliced(_ ranges: [AxisRange]) -> Self {
    let shape = shape
    var attributes = Attributes()
    attributes.shape = shape
    var (axis, result) = (0, [Int]())
    for range in ranges {
      if range.addsAxis {
        result.append(1)
        continue
      }
      guard axis < shape.rank else { fatalError("slice: \(shape): \(ranges): more indices than axes") }
      guard let (start, count) = range.resolved(shape[axis]) else {
        fatalError("slice: \(shape): axis \(axis) has no \(range)")
      }
      attributes.places[axis] = Int32(start)
      attributes.steps[axis] = Int32(range.step)
      attributes.shape[axis] = count
      if !range.takesAxisAway { result.append(count) }
      axis += 1
    }
    result += shape.dimensions[axis...]
    let isWhole = attributes.shape == shape && ranges.allSatisfy { $0.step == 1 }
    let slice = isWhole ? self : .apply(Slice.self, Operands(self), attributes)
    return slice.reshaped(to: Shape(result))
  }

  /// A slice along one axis, the others whole.
  public func sliced(along axis: Int, _ range: AxisRange) -> Self {
    let place = AxisSet([axis], rank: shape.rank, operation: "slice").split(rank: shape.rank).these[0]
    return sliced(Array(repeating: .all, count: place) + [range])
  }

  /// In pieces along an axis, one of each given extent. The extents must add up to that of the axis.
  public func split(_ extents: [Int], along axis: Int = 0) -> [Self] {
    guard extents.reduce(0, +) == shape[axis] else {
      fatalError("split: \(shape): extents \(extents) do not add up to \(shape[axis]) of axis \(axis)")
    }
    var start = 0
    return extents.map { extent in
      defer { start += extent }
      return sliced(along: axis, AxisRange(start..<start + extent))
    }
  }

  /// In reverse order along the given axes.
  public func flipped(_ axes: [Int]) -> Self {
    let axes = AxisSet(axes, rank: shape.rank, operation: "flipped")
    return sliced((0..<shape.rank).map { axes.contains($0) ? .reversed : .all })
  }

  /// With `before[axis]` elements more in front of each axis and `after[axis]` behind, all of one value.
  public func padded(before: [Int], after: [Int], with value: Double = 0) -> Self {
    let shape = shape
    guard before.count == shape.rank, after.count == shape.rank, (before + after).allSatisfy({ $0 >= 0 }) else {
      fatalError("padded: \(shape): \(before) before and \(after) after do not fit its axes")
    }
    var attributes = Attributes()
    for axis in 0..<shape.rank { attributes.places[axis] = Int32(before[axis]) }
    let target = Shape((0..<shape.rank).map { before[$0] + shape[$0] + after[$0] })
    if value == 0 { return placed(in: target, attributes) }
    return (self - .number(value)).placed(in: target, attributes) + .number(value)
  }

  func placed(in shape: Shape, _ slice: Attributes) -> Self {
    var attributes = slice
    attributes.shape = shape
    return .apply(Place.self, Operands(self), attributes)
  }
}
