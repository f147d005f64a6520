import Foundation

/// One axis: what it shows, where its ticks are, and where a value lies on it.
struct Axis {
  let scale: Plot.Scale
  private(set) var range: ClosedRange<Double>
  /// Whether it counts something, such as epochs: then its ticks are whole numbers.
  var counts = false

  /// An axis that shows all finite `values`, with `margin` of their extent on both sides.
  init(scale: Plot.Scale, showing values: some Sequence<Double>, margin: Double) {
    self.scale = scale
    // Beyond 10³⁰⁰ the extent itself would overflow.
    let shown = values.lazy.filter { $0.isFinite && (scale == .linear || $0 > 0) }
      .map { Swift.min(Swift.max($0, -1e300), 1e300) }
    let (low, high) = shown.reduce(into: (Double.infinity, -Double.infinity)) { bounds, value in
      bounds = (Swift.min(bounds.0, value), Swift.max(bounds.1, value))
    }
    guard low <= high else {
      range = scale == .linear ? 0...1 : 1...10
      return
    }
    let (first, last) = (scale.forward(low), scale.forward(high))
    // A single value gets some room to both sides, so that it lies in the middle.
    let least = scale == .linear ? max(abs(low) * 1e-9, .leastNormalMagnitude) : 1e-9
    let room = last - first > least ? (last - first) * margin : max(abs(first) * 0.1, 0.5)
    range = scale.backward(first - room)...scale.backward(last + room)
  }

  /// An axis that shows that range and nothing else.
  init(scale: Plot.Scale, range: ClosedRange<Double>) {
    let isUsable =
      range.lowerBound.isFinite && range.upperBound.isFinite && range.lowerBound < range.upperBound
      && (scale == .linear || range.lowerBound > 0)
    self.init(scale: scale, showing: [range.lowerBound, range.upperBound], margin: 0)
    if isUsable { self.range = range }
  }

  /// 0 at the lower end, 1 at the upper; nil for values that the axis does not have.
  func position(_ value: Double) -> Double? {
    guard value.isFinite, scale == .linear || value > 0 else { return nil }
    let (first, last) = (scale.forward(range.lowerBound), scale.forward(range.upperBound))
    return (scale.forward(value) - first) / (last - first)
  }

  /// Ticks at round numbers, no more than so many.
  func ticks(atMost count: Int) -> [Tick] {
    switch scale {
    case .linear: linearTicks(range, atMost: count, whole: counts)
    case .logarithmic: logarithmicTicks(range, atMost: count)
    }
  }
}

extension Plot.Scale {
  func forward(_ value: Double) -> Double { self == .linear ? value : log10(value) }
  func backward(_ value: Double) -> Double {
    self == .linear ? value : max(pow(10, min(value, 308)), .leastNormalMagnitude)
  }
}
