import Foundation
import Testing

@testable import ChainruleData

@Suite("JSONValue")
struct JSONValueTests {
  @Test(arguments: [
    (JSONValue.null, "null"),
    (true, "true"),
    (5, "5"),
    (5.0, "5"),
    (0.1, "0.1"),
    (.number(-0.0), "-0"),
    (1e15, "1000000000000000"),
    (9007199254740992, "9007199254740992"),
    (1e300, "1e+300"),
    (.number(.leastNonzeroMagnitude), "5e-324"),
    (.number(.nan), "\"nan\""),
    (.number(.infinity), "\"inf\""),
    (.number(-.infinity), "\"-inf\""),
    (JSONValue(Float(0.1)), "0.1"),
    (JSONValue(Float.greatestFiniteMagnitude), "3.4028235e+38"),
    (JSONValue(-Float.infinity), "\"-inf\""),
    ("ŷ 值", "\"ŷ 值\""),
    ("\"\\\n\r\t\u{1}/", #""\"\\\n\r\t\u0001/""#),
    ([] as JSONValue, "[]"),
    ([:] as JSONValue, "{}"),
    (["z": 1, "a": [1, "x", nil], "": [:]] as JSONValue, #"{"z": 1, "a": [1, "x", null], "": {}}"#),
    (JSONValue(tensor: [1.5], shape: []), "1.5"),
    (JSONValue(tensor: [1, 2, 3, 4, 5, 6] as [Double], shape: [2, 3]), "[[1, 2, 3], [4, 5, 6]]"),
    (JSONValue(tensor: [1, 0.1] as [Float], shape: [2, 1, 1]), "[[[1]], [[0.1]]]"),
    (JSONValue(tensor: [] as [Double], shape: [0]), "[]"),
    (JSONValue(tensor: [] as [Double], shape: [2, 0]), "[[], []]"),
    (JSONValue(tensor: [] as [Double], shape: [0, 2]), "[]"),
  ])
  func text(value: JSONValue, expected: String) throws {
    #expect(value.description == expected)
    // Foundation's reader is the independent side.
    _ = try JSONSerialization.jsonObject(with: Data(expected.utf8), options: .fragmentsAllowed)
  }

  @Test(arguments: [
    (
      " {\"b\" : [1, -2.5e1 , true,false, null] ,\n\"a\":\"x\"} ",
      #"{"b": [1, -25, true, false, null], "a": "x"}"#
    ),
    (#""\u00e9\ud83d\ude00\/\b\f\n""#, "\"é😀/\\u0008\\u000c\\n\""),
    ("1E2", "100"),
    ("-0", "-0"),
    ("[[[]]]", "[[[]]]"),
  ])
  func reading(text: String, expected: String) throws {
    #expect(try JSONValue(parsing: text.utf8).description == expected)
  }

  @Test(arguments: [
    ("", "byte 0: expected a value before the text ends"),
    ("{", "byte 1: expected a key in quotes before the text ends"),
    ("{\"a\" 1}", "byte 5: expected ':'"),
    ("{\"a\":1,}", "byte 7: expected a key in quotes"),
    ("{\"a\":1,\"a\":2}", "byte 10: expected each key once, and 'a' is there twice"),
    ("[1 2]", "byte 3: expected ',' or ']'"),
    ("[1,]", "byte 3: expected a value"),
    ("01", "byte 1: expected the end of the document"),
    ("+1", "byte 0: expected a value"),
    ("1.", "byte 2: expected a digit before the text ends"),
    ("1e999", "byte 0: expected a number within the range of Double"),
    ("nan", "byte 0: expected a value"),
    ("\"abc", "byte 4: expected '\"' at the end of the string before the text ends"),
    ("\"\n\"", "byte 1: expected no control character in a string"),
    ("\"\\x\"", "byte 2: expected an escape such as \\n or \\u00e9"),
    ("\"\\u12g4\"", "byte 3: expected four hexadecimal digits"),
    ("\"\\ud83d\"", "byte 7: expected both halves of a surrogate pair"),
    (String(repeating: "[", count: 100_000), "byte 257: expected at most 256 levels of nesting"),
  ])
  func malformed(text: String, message: String) {
    let error = fileError { () throws(FileError) in try JSONValue(parsing: text.utf8) }
    #expect(error?.description == "JSON: " + message)
  }

  @Test func badUTF8IsRefused() {
    #expect(fileError { () throws(FileError) in try JSONValue(parsing: [0x22, 0xff, 0x22]) } != nil)
  }

  @Test func numbersComeBackToTheLastBit() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<5_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      #expect(try JSONValue(parsing: JSONValue(number).description.utf8) == .number(number))
    }
  }
}
