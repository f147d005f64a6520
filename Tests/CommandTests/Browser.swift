import Foundation

/// A web browser without a window, for tests of pages.
enum Browser {
  private static let places = ["chromium", "chromium-browser", "google-chrome", "chrome"].flatMap { name in
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
  }
  static let program: String? = places.first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Whether there is one; says so where there is not.
  static var isHere: Bool {
    if program == nil { print("skipped: tests of pages in a browser, for no Chromium is installed") }
    return program != nil
  }

  /// Opens a page and runs a script in it, whose value is returned as JSON: together with the messages of all mistakes.
  static func run(_ script: String, in page: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let watch = "<script>const mistakes = []; onerror = (message) => { mistakes.push(message); };</script>\n"
    let probe = """
      <script id="probe" type="text/plain"></script><script>
      document.getElementById("probe").textContent = "RESULT" + encodeURIComponent(JSON.stringify(
        { value: (() => { \(script) })(), mistakes })) + "END";
      </script>
      """
    let file = folder.appendingPathComponent("page.html")
    try page.replacingOccurrences(of: "<body>", with: "<body>" + watch)
      .replacingOccurrences(of: "</body>", with: probe + "</body>")
      .write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program!)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile", "--dump-dom",
      file.absoluteString,
    ]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let parts = text.components(separatedBy: ">RESULT")
    guard parts.count == 2, let result = parts[1].components(separatedBy: "END").first else { return "no result" }
    return result.removingPercentEncoding ?? "no text"
  }
}
