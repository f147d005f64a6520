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
  private let precision = 8

  init(_ numbers: [Element]) {
    let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    let (least, most) = (sizes.min() ?? 1, sizes.max() ?? 1)
    isScientific = most >= 1e8 || least < 1e-4 || most / least > 1000
    var parts: [(whole: String, fraction: String)] = []
    for number in numbers where number.isFinite {
      let decimal = Decimal(number)
      parts.append(isScientific ? decimal.mantissa(precision) : decimal.rounded(precision))
    }
    decimals = parts.map(\.fraction.count).max() ?? 0
    let finite = parts.isEmpty ? 0 : parts.map(\.whole.count).max()! + 1 + decimals + (isScientific ? 4 : 0)
    width = max(finite, numbers.filter { !$0.isFinite }.map { Self.name($0).count }.max() ?? 0)
  }

  func text(_ number: Element) -> String {
    guard number.isFinite else { return padded(Self.name(number)) }
    let decimal = Decimal(number)
    let (whole, fraction) =
      isScientific ? decimal.mantissa(precision) : decimal.rounded(precision)
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
    (digits, exponent) = ([], 0)
    var (seenPoint, power) = (false, "")
    var inPower = false
    for character in number.magnitude.description.utf8 {
      switch character {
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "e"): inPower = true
      case _ where inPower: power.unicodeScalars.append(Unicode.Scalar(character))
      default:
        digits.append(character - UInt8(ascii: "0"))
        if !seenPoint { exponent += 1 }
      }
    }
    exponent += Int(power) ?? 0
    let zeros = digits.prefix { $0 == 0 }.count
    if zeros == digits.count {
      (digits, exponent) = ([], 1)
    } else {
      digits.removeFirst(zeros)
      exponent -= zeros
    }
  }

  /// Digits kept up to some count, half rounded up.
  private func keeping(_ count: Int) -> Decimal {
    var result = self
    guard count < digits.count else { return result }
    let roundsUp = count >= 0 && digits[count] >= 5
    result.digits = Array(digits.prefix(max(count, 0)))
    guard roundsUp else { return result }
    var index = result.digits.count - 1
    while index >= 0, result.digits[index] == 9 {
      result.digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      result.digits[index] += 1
    } else {
      result.digits.insert(1, at: 0)
      result.exponent += 1
    }
    return result
  }

  /// With up to `precision` decimals, without zeros at the end.
  func rounded(_ precision: Int) -> (whole: String, fraction: String) {
    let kept = keeping(exponent + precision)
    let whole = (0..<max(kept.exponent, 0)).map { kept.digit($0) }
    let fraction = (0..<precision).map { kept.digit(kept.exponent + $0) }
    return (sign + (whole.isEmpty ? "0" : text(whole)), text(trimmed(fraction)))
  }

  /// d.ddd, without zeros at the end.
  func mantissa(_ precision: Int) -> (whole: String, fraction: String) {
    let kept = keeping(precision + 1)
    return (sign + text([kept.digit(0)]), text(trimmed((1...precision).map { kept.digit($0) })))
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
