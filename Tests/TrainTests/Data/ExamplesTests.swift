import Foundation
import Testing

@testable import ChainruleData

/// Tables as people have them: missing values, texts, slips. What cannot be meant is refused with the place.
@Suite("Examples from tables")
struct ExamplesTests {
  private func table(_ text: String) throws(FileError) -> Table { try Table(parsing: Array(text.utf8), file: "t.csv") }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Docs/Data").path

  /// Counts and sums by Python's csv module.
  @Test func houses() throws {
    let table = try Table(contentsOf: Self.folder + "/houses.csv")
    #expect(table.columns == ["size (m²)", "rooms", "district", "year built", "price"])
    let columns = ExampleColumns(target: .numbers(["price"]), categories: .text, missing: .dropped)
    let examples = try table.examples(columns)
    let data = examples.dataset
    #expect(
      examples.remarks == [
        "30 of 240 rows dropped for missing values: 9 in 'size (m²)', 8 in 'rooms', 9 in 'district', 4 in 'price'",
        "'district': 4 categories",
      ])
    let districts = ["Harbour", "Hill", "Meadows", "Old Town"]
    #expect(data.inputNames == ["size (m²)", "rooms"] + districts.map { "district=\($0)" } + ["year built"])
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    #expect(data.count == 210)
    #expect(abs(sum(data.inputs.column(0)) - 22781.7) < 1e-6 && sum(data.inputs.column(1)) == 816)
    #expect((2...5).map { sum(data.inputs.column($0)) } == [50, 48, 60, 52])
    #expect(sum(data.targets.values) == 68_594_300)

    var filling = columns
    filling.missing = .filled(.median)
    let filled = try table.examples(filling)
    #expect(filled.dataset.count == 236)
    #expect(filled.encoding.columns.map(\.filling) == [106.3, 4, nil, 1961])
    #expect(filled.encoding.columns[2].usual == "Meadows")
    #expect(filled.remarks[1].hasPrefix("missing values filled: 9 in 'size (m²)', 8 in 'rooms', 9 in 'district'"))
    // Kept with a model, read back, applied to the same table: the same numbers.
    let stored = try JSONDecoder().decode(InputEncoding.self, from: JSONEncoder().encode(filled.encoding))
    #expect(try table.examples(filling, encodedBy: stored).dataset == filled.dataset)
    #expect(try stored.rows(of: table).inputs.count == 240)
  }

  @Test func cars() throws {
    let table = try Table(contentsOf: Self.folder + "/cars.csv", CSVFormat(decimal: .comma))
    let data = try table.examples().dataset
    #expect(data.inputNames == ["Gewicht (t)", "Leistung (kW)", "Baujahr"] && data.count == 80)
    let sums = (0..<3).map { data.inputs.column($0).reduce(0, +) } + [data.targets.values.reduce(0, +)]
    for (found, expected) in zip(sums, [131.444, 11033.4, 160772.0, 626.29]) { #expect(abs(found - expected) < 1e-6) }
  }

  /// As R writes it: a column of row names that has no name itself, everything else in quotes.
  @Test func flowers() throws {
    let table = try Table(contentsOf: Self.folder + "/flowers.csv")
    #expect(table.columns == ["column 1", "Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width", "Species"])
    let inputs: [Table.Column] = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]
    let data = try table.examples(ExampleColumns(inputs: inputs)).dataset
    #expect(data.inputs == Dataset.iris.inputs && data.classes == Dataset.iris.classes)
    #expect(data.labels == Dataset.iris.labels)
  }

  @Test(
    "slips are told, not learned",
    arguments: [
      (
        "x,y\n1,2\n2,NA\n3,4\n",
        "line 3, column 2: expected a number, found 'NA': 1 missing value in 'y', whose rows can be dropped"
      ),
      ("x,y\n1,$2.50\n2,$3\n", "line 2, column 2: expected a number, found '$2.50': a number is '2.50', without signs"),
      ("x,y\n1,50%\n2,7 %\n", "line 2, column 2: expected a number, found '50%': a number is '50', without signs"),
      (
        "x,y\n1,2\n2,about 3\n3,4\n",
        "line 3, column 2: expected a number, found 'about 3': 2 of 3 cells of this column are numbers"
      ),
      (
        "x,y\n1,\"1,5\"\n2,\"2,5\"\n",
        "line 2, column 2: expected a number, found '1,5': a number with another decimal sign?"
      ),
      (
        "x,y\n?,2\n1,2\n",
        "line 2, column 1: expected a number, found '?': 1 missing value in 'x', which can be dropped or filled"
      ),
      (
        "x,y\nred,2\nblue,3\n",
        "line 2, column 1: expected a number, found 'red': 'x' is text, which can be taken as categories"
      ),
      (
        "x,k\n1,a\n2,\n",
        "line 3, column 2: expected a label, found nothing: 1 missing value in 'k', whose rows can be dropped"
      ),
    ])
  func slips(text: String, message: String) {
    let error = fileError { () throws(FileError) in try table(text).examples() }
    #expect(error?.description == "t.csv: " + message)
  }

  /// Names of persons are no classes, and no categories.
  @Test func textsThatDoNotRecur() {
    let rows = (0..<60).map { "\($0),person \($0)\n" }.joined()
    let last = fileError { () throws(FileError) in try table("x,name\n" + rows).examples() }
    #expect(last?.kind == .ambiguous)
    let text = "name,y\n" + (0..<60).map { "person \($0),\($0)\n" }.joined()
    let input = fileError { () throws(FileError) in try table(text).examples(ExampleColumns(categories: .text)) }
    #expect(input?.kind == .outOfRange)
  }

  @Test func categoriesOnRequest() throws {
    let table = try table("code,size,y\n10,1,5\n20,2,6\n10,3,7\n")
    let codes = try table.examples(ExampleColumns(categories: .columns(["code"])))
    #expect(codes.dataset.inputNames == ["code=10", "code=20", "size"])
    #expect(codes.dataset.inputs == Rows([[1, 0, 1], [0, 1, 2], [1, 0, 3]]))
    let other = try self.table("y,size,code\n0,4,20\n0,5,30\n")
    let error = fileError { () throws(FileError) in try codes.encoding.rows(of: other) }
    #expect(
      error?.description
        == "t.csv: line 3, column 3: expected a category of 'code', found '30'; there are '10', '20'")
  }

  /// A model finds its columns by their names, in any order, and never by their places.
  @Test func columnsByName() throws {
    let encoding = try table("a,b,y\n1,2,3\n4,5,7\n").examples().encoding
    #expect(try encoding.rows(of: table("b,a\n20,10\n")).inputs == Rows([[10, 20]]))
    for (text, hint) in [("a,c\n1,2\n", "the columns are 'a', 'c'"), (" a ,B\n1,2\n", "'B' is spelled otherwise")] {
      let error = fileError { () throws(FileError) in try encoding.rows(of: table(text)) }
      #expect(error?.description == "t.csv: there is no column 'b'; \(hint)")
    }
    let unnamed = try table("0.5,2,3\n4,5,7\n").examples().encoding
    #expect(try unnamed.rows(of: table("8.5,9,1\n")).inputs == Rows([[8.5, 9]]))
    #expect(fileError { () throws(FileError) in try unnamed.rows(of: table("a,b\n8.5,9\n")) }?.kind == .notFound)
  }

  @Test func missingValuesInPredictions() throws {
    let (text, other) = ("a,y\n1,3\n2,4\n6,5\n", "a\n1\nNA\n3\n")
    let plain = try table(text).examples().encoding
    let error = fileError { () throws(FileError) in try plain.rows(of: table(other)) }
    #expect(
      error?.description
        == "t.csv: line 3, column 1: expected a number, found 'NA': a missing value, which can be dropped")
    let dropped = try plain.rows(of: table(other), missing: .dropped)
    #expect(dropped.kept == [0, 2] && dropped.missing.map(\.count) == [1])
    let filled = try table(text).examples(ExampleColumns(missing: .filled(.mean))).encoding
    #expect(try filled.rows(of: table(other)).inputs.values == [1, 3, 3])
    #expect(
      try table("a,y\n1,3\n,4\n").examples(ExampleColumns(missing: .filled(.constant(-1)))).dataset.inputs.values == [
        1, -1,
      ])
  }

  @Test(arguments: [
    ("drop", MissingValues.dropped), ("mean", .filled(.mean)), ("median", .filled(.median)), ("refuse", .refused),
    ("-1.5", .filled(.constant(-1.5))),
  ])
  func missingByName(text: String, expected: MissingValues) throws {
    #expect(try MissingValues(parsing: text) == expected)
    #expect(throws: OptionError.self) { try MissingValues(parsing: "ignore") }
  }

  /// Whatever stands in a table: examples of finite numbers, as many as were kept, or an error. The seed is fixed.
  @Test func randomTables() {
    var generator = SeededGenerator(seed: 21)
    func pick<Value>(_ values: [Value]) -> Value { values[generator.index(below: values.count)] }
    let cells = [
      "1", "2.5", "-3e2", "1,5", "", " ", "NA", "?", "nan", "a", "b", "a", "$2", "50%", "\"x\"", "\"1\"", "1e308",
      "-1e308",
      "1e-308", "é", "\"a\"\"b\"", "2019", "0", "\u{0}", "\"",
    ]
    let missing: [MissingValues] = [.refused, .dropped, .filled(.mean), .filled(.median), .filled(.constant(2))]
    let targets: [ExampleColumns.Target] = [
      .last, .lastAsClasses, .numbers([1]), .label(1), .numbers(["a", 2]), .label("x"),
    ]
    let categories: [ExampleColumns.Categories] = [.none, .text, .columns([1]), .columns([-1])]
    var read = 0
    for _ in 0..<4000 {
      let (width, separator) = (1 + generator.index(below: 4), pick([",", ";", "\t"]))
      // Few kinds of cells in a table, so that some of them make sense.
      let kinds = (0..<1 + generator.index(below: 3)).map { _ in pick(cells) }
      let lines = (0..<1 + generator.index(below: 8)).map { _ in
        (0..<width).map { _ in pick(kinds) }.joined(separator: separator)
      }
      let format = CSVFormat(
        separator: pick([nil, Character(separator)]), decimal: pick([.point, .comma]),
        header: pick(CSVFormat.Header.allCases))
      let columns = ExampleColumns(
        inputs: pick([nil, [1], [1, 1]]), target: pick(targets), categories: pick(categories), missing: pick(missing))
      guard let table = try? Table(parsing: Array(lines.joined(separator: "\n").utf8), format),
        let examples = try? table.examples(columns)
      else { continue }
      read += 1
      let data = examples.dataset
      #expect(data.count > 0 && data.count <= table.count && data.inputs.width == examples.encoding.width)
      let areFinite = (data.inputs.values + data.targets.values).allSatisfy { $0.isFinite }
      #expect(areFinite, "\(lines)")
      #expect(Standardization(fitting: data.inputs).isValid(forWidth: data.inputs.width), "\(lines)")
      #expect(data.count == table.count || !examples.remarks.isEmpty, "\(lines)")
      let again = try? table.examples(columns, encodedBy: examples.encoding)
      #expect(again?.dataset == data, "\(lines)")
    }
    #expect(read > 400)
  }
}
