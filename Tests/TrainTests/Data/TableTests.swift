import Testing

@testable import ChainruleData

@Suite("Table")
struct TableTests {
  @Test(
    "cells of the text",
    arguments: [
      ("plain", "a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
      ("no end of line", "a,b\n1,2", [["1", "2"]]),
      ("CR LF", "a,b\r\n1,2\r\n", [["1", "2"]]),
      ("CR", "a,b\r1,2\r", [["1", "2"]]),
      ("byte order mark", "\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
      ("empty lines", "a,b\n\n1,2\n\n\n", [["1", "2"]]),
      ("quotes", "a,b\n\"1\",\"x, \"\"y\"\"\"\n", [["1", "x, \"y\""]]),
      ("line end in quotes", "a,b\n\"1\n2\r\n3\",4\n", [["1\n2\r\n3", "4"]]),
      ("empty fields", "a,b,c\n,,\n\"\",x,\n", [["", "", ""], ["", "x", ""]]),
      ("other scripts", "名,b\n值,é\n", [["值", "é"]]),
    ])
  func cells(name: String, text: String, expected: [[String]]) throws {
    let table = try Table(parsing: Array(text.utf8), CSVFormat(separator: ",", header: .present))
    let columns = try (1...table.columns.count).map { try table.text(.number($0)) }
    #expect((0..<table.count).map { row in columns.map { $0[row] } } == expected)
  }

  @Test(
    "errors name file, line and column",
    arguments: [
      ("a,b\n1,2\n3,abc\n", "t.csv: line 3, column 2: expected a number, found 'abc'"),
      ("a,b\n1,2\n3,\n", "t.csv: line 3, column 2: expected a number, found nothing"),
      ("a,b\r\n1,2\r\n\r\n3,x\r\n", "t.csv: line 4, column 2: expected a number, found 'x'"),
      ("a,b\n1,nan\n", "t.csv: line 2, column 2: expected a number, found 'nan'"),
      ("a,b\n1,0x10\n", "t.csv: line 2, column 2: expected a number, found '0x10'"),
      ("a,b\n1,1e999\n", "t.csv: line 2, column 2: expected a number, found '1e999'"),
      ("a,b\n\"1\n\",2\n3,x\n", "t.csv: line 4, column 2: expected a number, found 'x'"),
      ("a,b\n1,2\n3\n", "t.csv: line 3: expected 2 fields as in line 1, found 1"),
      ("a,b\n1,2,3\n", "t.csv: line 2: expected 2 fields as in line 1, found 3"),
      ("a,b\n1,\"2\n3,4\n", "t.csv: line 2, column 2: the quote that begins here is never closed"),
      ("a,b\n1,\"2\"3\n", "t.csv: line 2, column 2: text after the closing quote"),
      ("a,b\n1,2\"3\"\n", "t.csv: line 2, column 2: a quote inside a field that does not begin with one"),
      ("", "t.csv: expected rows, found an empty file"),
      ("\u{FEFF}\n\n", "t.csv: expected rows, found an empty file"),
      ("a,b\n", "t.csv: expected rows below the header, found none"),
    ])
  func errors(text: String, message: String) {
    let error = fileError { () throws(FileError) in
      try Table(parsing: Array(text.utf8), file: "t.csv").numbers(2)
    }
    #expect(error?.description == message)
  }

  @Test(arguments: [
    (Table.Column.name("z"), "t.csv: there is no column 'z'; the columns are 'a', 'b (1)', 'b (2)'"),
    (.name("b"), "t.csv: 2 columns are named 'b': say 'b (1)', 'b (2)'"),
    (.number(4), "t.csv: there is no column 4 among 3 columns"),
    (.number(0), "t.csv: there is no column 0 among 3 columns"),
    (.name("A"), "t.csv: there is no column 'A'; 'a' is spelled otherwise"),
    (.name("-4"), "t.csv: there is no column -4 among 3 columns"),
  ])
  func missingColumn(column: Table.Column, message: String) throws {
    let table = try Table(parsing: Array("a,b,b\n1,2,3\n".utf8), file: "t.csv")
    #expect(fileError { () throws(FileError) in try table.text(column) }?.description == message)
  }

  @Test(arguments: [(Table.Column.name("a"), 1.0), (2, 2), (-1, 3), ("3", 3), ("-2", 2)])
  func chosenColumn(column: Table.Column, expected: Double) throws {
    let table = try Table(parsing: Array("a,b,c\n1,2,3\n".utf8))
    #expect(try table.numbers(column) == [expected])
  }

  @Test func unreadableFilesAndEncodings() {
    let missing = fileError { () throws(FileError) in try Table(contentsOf: "no such.csv") }
    #expect(missing?.description == "no such.csv: cannot be read: No such file or directory")
    let wide = fileError { () throws(FileError) in try Table(parsing: [0xff, 0xfe, 0x61, 0]) }
    #expect(wide?.kind == .unsupported)
  }

  @Test func regressionAndClassification() throws {
    let table = try Table(parsing: Array("x,kind,y\n1,b,10\n2,a,20\n3,b,30\n".utf8))
    let regression = try table.regression(inputs: ["x"])
    #expect(regression.inputs == Rows([[1], [2], [3]]))
    #expect(regression.targets == Rows([[10], [20], [30]]))
    #expect(regression.targetNames == ["y"])
    let classification = try table.classification(label: "kind")
    #expect(classification.inputNames == ["x", "y"])
    #expect(classification.classes == ["a", "b"])
    #expect(classification.labels == [1, 0, 1])
    #expect(classification.oneHot == Rows([[0, 1], [1, 0], [0, 1]]))
  }

  @Test func numbersAsLabelsAreSortedAsNumbers() throws {
    let table = try Table(parsing: Array("k\n10\n9\n10\n".utf8))
    let (labels, classes) = try table.labels("k")
    #expect(classes == ["9", "10"])
    #expect(labels == [1, 0, 1])
  }

  /// The reader of the standard library is the independent side.
  @Test func numbersAreTheNearestDoubles() {
    var generator = SeededGenerator(seed: 11)
    let special = [
      "0", "-0", "+1", ".5", "5.", "1e5", "1E-5", "9007199254740993", "1e22", "1e23", "4.9e-324",
    ]
    let random = (0..<5_000).map { _ in
      let digits = (0..<1 + generator.index(below: 22)).map { _ in String(generator.index(below: 10)) }
        .joined()
      let point = generator.index(below: digits.count + 1)
      let exponent = generator.index(below: 3) == 0 ? "e\(generator.index(below: 80) - 40)" : ""
      return "\(digits.prefix(point)).\(digits.dropFirst(point))\(exponent)"
    }
    for text in special + random {
      let parsed = Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0) }
      #expect(parsed?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "", " ", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,2", "--1", "1_000", "inf", "0x1p3", "1 2",
  ])
  func otherTextIsNoNumber(text: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0) } == nil)
  }

  /// Any bytes give a table or an error with a place, never a crash.
  @Test func randomBytes() {
    var generator = SeededGenerator(seed: 12)
    let alphabet = Array("1a,\"\n\r;. e-\u{E9}".utf8)
    for _ in 0..<3_000 {
      let text = (0..<generator.index(below: 40)).map { _ in alphabet[generator.index(below: alphabet.count)]
      }
      _ = fileError { () throws(FileError) in try Table(parsing: text).regression() }
    }
  }
}
