import Foundation

/// A place on an axis and what is written there.
struct Tick: Equatable {
  var value: Double
  var label: String
}

/// Ticks at multiples of 1, 2 or 5 times a power of ten: the smallest of these steps that gives no more than `count`.
/// With `whole` they are whole numbers.
func linearTicks(_ range: ClosedRange<Double>, atMost count: Int, whole: Bool = false) -> [Tick] {
  let extent = range.upperBound - range.lowerBound
  let smallest = max(floorLog10(extent / Double(max(count, 1))), whole ? 0 : .min)
  for exponent in smallest...smallest + 2 {
    for factor in [1.0, 2, 5] {
      let step = factor * powerOfTen(exponent)
      // Slightly generous, so that a bound that rounding moved past a multiple still gets its tick.
      let first = (range.lowerBound / step - 1e-9).rounded(.up)
      let last = (range.upperBound / step + 1e-9).rounded(.down)
      guard step > 0, last - first < Double(max(count, 1)) else { continue }
      let values = stride(from: first, through: last, by: 1).map { $0 * step }
      let largest = values.map { abs($0) }.max() ?? 0
      return values.map { Tick(value: $0, label: label($0, step: exponent, largest: largest)) }
    }
  }
  return []
}

/// Ticks at powers of ten, at every n-th one where there are many, and at 2 and 5 times them where there are few.
func logarithmicTicks(_ range: ClosedRange<Double>, atMost count: Int) -> [Tick] {
  let (low, high) = (log10(range.lowerBound) - 1e-9, log10(range.upperBound) + 1e-9)
  let exponents = Int(low.rounded(.up))...max(Int(low.rounded(.up)), Int(high.rounded(.down)))
  if high - low < 3.1 && count >= 3 {
    let candidates = (exponents.lowerBound - 1...exponents.upperBound + 1).flatMap { exponent in
      [1.0, 2, 5].map {
        Tick(value: $0 * powerOfTen(exponent), label: shortNumber($0 * powerOfTen(exponent)))
      }
    }
    let shown = candidates.filter { (low...high).contains(log10($0.value)) }
    if shown.count >= 2 && shown.count <= count { return shown }
    // Within a small part of a decade the numbers lie nearly as on a linear axis.
    if shown.count < 2 { return linearTicks(range, atMost: count).filter { $0.value > 0 } }
  }
  let steps = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500]
  let every = steps.first { step in exponents.count { $0 % step == 0 } <= count } ?? 1000
  // Numbers where all of them are short, powers of ten otherwise.
  let isShort = exponents.lowerBound >= -2 && exponents.upperBound <= 4
  return exponents.filter { $0 % every == 0 }.map { exponent in
    let value = powerOfTen(exponent)
    return Tick(value: value, label: isShort ? shortNumber(value) : "10" + superscript(exponent))
  }
}

// MARK: - Numbers as text

/// A tick's number with the decimals that its step needs: 0.5 and 1.0, or 1.5×10⁶ where there would be many digits.
private func label(_ value: Double, step: Int, largest: Double) -> String {
  if value == 0 { return "0" }
  let exponent = floorLog10(largest)
  let isLong = exponent >= 6 || (exponent <= -4 && step <= -5)
  guard isLong, exponent - step <= 12 else { return withMinus(fixed(value, decimals: max(0, -step))) }
  let mantissa = fixed(value / powerOfTen(exponent), decimals: max(0, exponent - step))
  return withMinus(mantissa) + "×10" + superscript(exponent)
}

/// A number of a colour scale or a logarithmic axis, with as few digits as it has.
func shortNumber(_ value: Double) -> String {
  if value == 0 { return "0" }
  let exponent = floorLog10(value)
  if (-4...5).contains(exponent) { return withMinus(String(format: "%.4g", value)) }
  let mantissa = withMinus(String(format: "%.4g", value / powerOfTen(exponent)))
  return (mantissa == "1" ? "" : mantissa + "×") + "10" + superscript(exponent)
}

private func fixed(_ value: Double, decimals: Int) -> String {
  String(format: "%.\(min(decimals, 20))f", value)
}

/// The minus sign of typography, which is as wide as a plus.
private func withMinus(_ text: String) -> String { text.hasPrefix("-") ? "−" + text.dropFirst() : text }

private func superscript(_ exponent: Int) -> String {
  let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
  return String(String(exponent).map { $0.wholeNumberValue.map { digits[$0] } ?? "⁻" })
}

/// The exponent of the leading decimal digit.
func floorLog10(_ value: Double) -> Int {
  // Rounding may put the logarithm of 1000 below 3.
  Int((log10(abs(value)) + 1e-12).rounded(.down))
}

/// 10ⁿ as the nearest double, which `pow` does not promise.
func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }
