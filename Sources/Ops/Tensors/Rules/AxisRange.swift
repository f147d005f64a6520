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
  func resolved(_ extent: Int) -> (start: Int, count: Int)? {
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
  /// What it takes of the axis, as start, end and step.
  var axisRange: AxisRange { get }
}

extension AxisIndex where Self == AxisRange {
  /// The whole axis: NumPy's `:`.
  public static var all: AxisRange { AxisRange() }
  /// The whole axis from its end: NumPy's `::-1`.
  public static var reversed: AxisRange { AxisRange(step: -1) }
  /// An axis of extent 1 put in here: NumPy's `None`.
  public static var newAxis: AxisRange {
    var range = AxisRange()
    range.addsAxis = true
    return range
  }
  /// From a place on, from the end if negative: `.from(-3)` is NumPy's `-3:`.
  public static func from(_ start: Int) -> AxisRange { AxisRange(start: start) }
  /// Up to, not including, a place: `.upTo(-1)` is NumPy's `:-1`.
  public static func upTo(_ end: Int) -> AxisRange { AxisRange(end: end) }
  /// Every `step`-th element: NumPy's `::2`; where `step` is negative from the end.
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
