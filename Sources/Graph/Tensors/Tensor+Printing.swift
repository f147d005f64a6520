// Tensors as text, laid out as NumPy lays them out.

extension Tensor: CustomStringConvertible {
  /// Brackets as in a literal, columns aligned, up to 8 decimals; all but the first and last three of each axis are
  /// left out (`...`) where there are more than 1,000 elements.
  ///
  /// ```swift
  /// print(Tensor([[1, 2.5], [-3, 10]]))
  /// // [[ 1.   2.5]
  /// //  [-3.  10. ]]
  /// ```
  public var description: String {
    if shape.count == 0 { return shape.rank == 1 ? "[]" : "[], shape \(shape)" }
    let layout = TensorLayout(shape: shape)
    let columns = NumberColumn(layout.shownElements.map { elements[$0] })
    return layout.text { columns.text(elements[$0]) }
  }
}

/// Which elements are shown, and the brackets around them.
private struct TensorLayout {
  let shape: Shape
  private static let edge = 3
  private static let lineWidth = 75

  private var isShortened: Bool { shape.count > 1000 }

  /// The indices shown along an axis; nil stands for those left out.
  private func shown(_ axis: Int) -> [Int?] {
    let (extent, edge) = (shape[axis], Self.edge)
    guard isShortened, extent > 2 * edge else { return (0..<extent).map { $0 } }
    return (0..<edge).map { $0 } + [nil] + (extent - edge..<extent).map { $0 }
  }

  var shownElements: [Int] { elements(0, 0) }

  private func elements(_ axis: Int, _ start: Int) -> [Int] {
    if axis == shape.rank { return [start] }
    let step = shape.strides[axis]
    return shown(axis).compactMap { $0 }.flatMap { elements(axis + 1, start + $0 * step) }
  }

  func text(_ number: (Int) -> String) -> String { text(0, 0, number) }

  private func text(_ axis: Int, _ start: Int, _ number: (Int) -> String) -> String {
    if axis == shape.rank { return number(start) }
    let step = shape.strides[axis]
    let parts = shown(axis).map { $0.map { text(axis + 1, start + $0 * step, number) } ?? "..." }
    let indent = String(repeating: " ", count: axis + 1)
    if axis == shape.rank - 1 { return "[" + wrapped(parts, indent) + "]" }
    let lines = String(repeating: "\n", count: shape.rank - 1 - axis)
    return "[" + parts.joined(separator: lines + indent) + "]"
  }

  /// The numbers of a row, on as many lines as they need.
  private func wrapped(_ numbers: [String], _ indent: String) -> String {
    var (text, width) = ("", indent.count)
    for (index, number) in numbers.enumerated() {
      if index > 0, width + 1 + number.count > Self.lineWidth - 1 {
        text += "\n" + indent
        width = indent.count
      } else if index > 0 {
        text += " "
        width += 1
      }
      text += number
      width += number.count
    }
    return text
  }
}

/// A column of numbers with their points one below the other.
private struct NumberColumn<Element: Real> {
  private let isScientific: Bool
  private let width: Int
  private let decimals: Int

  init(_ numbers: [Element]) {
    let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    let (least, most) = (sizes.min() ?? 1, sizes.max() ?? 1)
    isScientific = most >= 1e8 || least < 1e-4 || most / least > 1000
    let parts = numbers.filter(\.isFinite).map { [isScientific] in Decimal($0).parts(isScientific) }
    decimals = parts.map(\.fraction.count).max() ?? 0
    let finite = parts.isEmpty ? 0 : parts.map(\.whole.count).max()! + 1 + decimals + (isScientific ? 4 : 0)
    width = max(finite, numbers.filter { !$0.isFinite }.map { Self.name($0).count }.max() ?? 0)
  }

  func text(_ number: Element) -> String {
    guard number.isFinite else { return padded(Self.name(number)) }
    let decimal = Decimal(number)
    let (whole, fraction) = decimal.parts(isScientific)
    let fill = String(repeating: isScientific ? "0" : " ", count: decimals - fraction.count)
    return padded(whole + "." + fraction + fill + (isScientific ? decimal.power : ""))
  }

  private func padded(_ text: String) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func name(_ number: Element) -> String {
    number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
  }
}

/// The shortest decimal digits of a number, 0.d₁d₂d₃… · 10^exponent, and their roundings.
private struct Decimal {
  let isNegative: Bool
  private var digits: [UInt8]
  private var exponent: Int

  init(_ number: some Real) {
    isNegative = number.sign == .minus
    let parts = number.magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let written = mantissa.joined().utf8.map { $0 - UInt8(ascii: "0") }
    digits = Array(written.drop { $0 == 0 })
    let power = parts.count == 2 ? Int(parts[1])! : 0
    exponent = digits.isEmpty ? 1 : mantissa[0].count + power - (written.count - digits.count)
  }

  /// Digits kept up to some count, half rounded up.
  private func keeping(_ count: Int) -> Decimal {
    var result = self
    guard count < digits.count else { return result }
    let roundsUp = count >= 0 && digits[count] >= 5
    result.digits = Array(digits.prefix(max(count, 0)))
    guard roundsUp else { return result }
    // Behind the last digit there are zeros.
    while result.digits.last == 9 { result.digits.removeLast() }
    if let last = result.digits.indices.last {
      result.digits[last] += 1
    } else {
      (result.digits, result.exponent) = ([1], exponent + 1)
    }
    return result
  }

  /// With up to 8 decimals, without zeros at the end; of the scientific form those of d.ddd.
  func parts(_ isScientific: Bool) -> (whole: String, fraction: String) {
    let kept = keeping(isScientific ? 9 : exponent + 8)
    let point = isScientific ? 1 : kept.exponent
    let whole = (0..<max(point, 0)).map { kept.digit($0) }
    let fraction = (0..<8).map { kept.digit(point + $0) }
    return (sign + (whole.isEmpty ? "0" : text(whole)), text(trimmed(fraction)))
  }

  /// e+00
  var power: String {
    let power = digits.isEmpty ? 0 : keeping(9).exponent - 1
    return (power < 0 ? "e-" : "e+") + (abs(power) < 10 ? "0" : "") + "\(abs(power))"
  }

  private var sign: String { isNegative ? "-" : "" }
  private func digit(_ index: Int) -> UInt8 { digits.indices.contains(index) ? digits[index] : 0 }
  private func text(_ digits: [UInt8]) -> String { digits.map { "\($0)" }.joined() }
  private func trimmed(_ digits: [UInt8]) -> [UInt8] {
    Array(digits.prefix((digits.lastIndex { $0 != 0 } ?? -1) + 1))
  }
}
