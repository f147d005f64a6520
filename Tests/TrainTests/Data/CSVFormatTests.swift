import Testing

@testable import ChainruleData

@Suite("CSV formats")
struct CSVFormatTests {
  private func table(_ text: String, _ format: CSVFormat = CSVFormat()) throws(FileError) -> Table {
    try Table(parsing: Array(text.utf8), format, file: "t.csv")
  }

  /// Which column holds the 2: nothing is told but the text.
  @Test(arguments: [
    "a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t 2 \n", "a|b\n1|2\n", "\"a;x\",b\n1,2\n", "a , b\n 1 , 2 \n",
    "\"a\" , \"b\"\n1, \"2\" \n", "\u{FEFF}\"a\";\"b\"\r\n1;2\r\n",
  ])
  func separators(text: String) throws {
    let table = try table(text)
    #expect(table.columns.last == "b")
    #expect(try table.numbers("b") == [2])
  }

  @Test func decimalCommas() throws {
    let text = "Größe;Preis\n1,5;-0,25e2\n2;3\n"
    let format = CSVFormat(decimal: .comma)
    #expect(try table(text, format).rows(["Größe", "Preis"]) == Rows([[1.5, -25], [2, 3]]))
    let point = fileError { () throws(FileError) in try table(text).numbers("Größe") }
    #expect(
      point?.description
        == "t.csv: line 2, column 1: expected a number, found '1,5': a number with another decimal sign?")
    // Thousands are not guessed at.
    let thousands = fileError { () throws(FileError) in try table("a;b\n1.234,5;1\n", format).numbers("a") }
    #expect(thousands?.kind == .malformed)
    // More digits than a product of two exact doubles can give.
    #expect(try table("a;b\n0,12345678901234567890123;1\n", format).numbers("a") == [0.12345678901234567890123])
  }

  @Test func namesOfAnyKind() throws {
    let table = try table("\"Sepal.Length\", \"size (m²)\" ,e,\"say \"\"hi\"\"\",b,b,\n1,2,3,4,5,6,7\n")
    #expect(table.columns == ["Sepal.Length", "size (m²)", "e", "say \"hi\"", "b (1)", "b (2)", "column 7"])
    #expect(try table.rows(["size (m²)", "e", "b (2)", "column 7"]) == Rows([[2, 3, 6, 7]]))
  }

  @Test(arguments: [
    ("a,b\n1,2\n", CSVFormat.Header.automatic, ["a", "b"], 1),
    ("5.1,setosa\n4.9,setosa\n", .automatic, ["1", "2"], 2),
    ("1,2\n3,4\n", .present, ["1", "2"], 1),
    ("a,b\nc,d\n", .absent, ["1", "2"], 2),
    // Examples: numbers that columns are not named by.
    ("0,0,0\n0,1,1\n", .automatic, ["1", "2", "3"], 2),
    ("1,2\n3,4\n", .automatic, ["1", "2"], 2),
    ("0.5,1.5,2.5\n3,4,5\n", .automatic, ["1", "2", "3"], 2),
    ("3,1,2\n3,4,5\n", .automatic, ["1", "2", "3"], 2),
    // Names: a text above numbers.
    ("id,2019,2020\n1,5.5,6\nNA,7,8\n", .automatic, ["id", "2019", "2020"], 2),
    ("2019,2020,2021\n1,5.5,6\n", .present, ["2019", "2020", "2021"], 1),
  ])
  func header(text: String, header: CSVFormat.Header, columns: [String], count: Int) throws {
    let table = try table(text, CSVFormat(header: header))
    #expect(table.columns == columns)
    #expect(table.count == count)
  }

  /// A header of numbers is not to be learned from as if it were an example.
  @Test(arguments: ["2019,2020,2021\n1,5.5,6\n", "0,1,2,3\n5,6,7,8\n", "1990,2000\n3,4\n", "name,2019,2020\nAnn,1,2\n"])
  func ambiguousHeaders(text: String) {
    let error = fileError { () throws(FileError) in try table(text) }
    #expect(error?.kind == .ambiguous && error?.place == .line(1), "\(error?.description ?? "read")")
    #expect(fileError { () throws(FileError) in try table(text, CSVFormat(header: .absent)) } == nil)
  }

  @Test func separatorsThatAreNone() {
    for separator in ["é", "\"", "\n"] as [Character] {
      let error = fileError { () throws(FileError) in try table("a,b\n1,2\n", CSVFormat(separator: separator)) }
      #expect(error?.kind == .unsupported)
    }
  }
}
