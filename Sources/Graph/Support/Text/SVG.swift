/// The text of an SVG document, written element by element.
package struct SVG {
  package private(set) var text = ""

  package init() {}

  /// An element with attributes and, in braces, what it contains.
  package mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout SVG) -> Void
  ) {
    open(name, attributes)
    text += ">"
    content(&self)
    text += "</\(name)>\n"
  }

  /// An element without content.
  package mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    open(name, attributes)
    text += "/>\n"
  }

  /// Words at a place.
  package mutating func words(
    _ words: String, x: Double, y: Double, class style: String, anchor: String = "start",
    rotated: Bool = false
  ) {
    let place: KeyValuePairs =
      rotated
      ? [
        "transform": "translate(\(Self.number(x)) \(Self.number(y))) rotate(-90)", "class": style,
        "text-anchor": anchor,
      ]
      : ["x": Self.number(x), "y": Self.number(y), "class": style, "text-anchor": anchor]
    element("text", place) { $0.text += Self.escaped(words) }
  }

  /// A straight line.
  package mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class style: String) {
    element(
      "path",
      ["d": "M\(Self.number(x1)) \(Self.number(y1))L\(Self.number(x2)) \(Self.number(y2))", "class": style])
  }

  package mutating func rectangle(x: Double, y: Double, width: Double, height: Double, class style: String) {
    let (x, y, width, height) = (Self.number(x), Self.number(y), Self.number(width), Self.number(height))
    element("rect", ["x": x, "y": y, "width": width, "height": height, "class": style])
  }

  /// Text that is markup already.
  package mutating func raw(_ markup: String) { text += markup }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    text += "<" + name
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
  }

  /// A length in pixels to a tenth, which is below what screens show. What lies beyond all pages, or nowhere, is kept out of
  /// sight.
  package static func number(_ value: Double) -> String {
    let far = 1e6
    let tenths = Int(((value.isNaN ? -far : min(max(value, -far), far)) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    return sign + String(abs(tenths) / 10) + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
  }

  /// Text for use between tags and in attributes, without the control characters that XML forbids.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case "\0"..<" ", "\u{7f}"..."\u{9f}", "\u{fffe}", "\u{ffff}": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
