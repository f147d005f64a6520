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
    let folder = try newFolder()
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
    let text = try open(file, ["--dump-dom"], profile: folder)
    let parts = text.components(separatedBy: ">RESULT")
    guard parts.count == 2, let result = parts[1].components(separatedBy: "END").first else { return "no result" }
    return result.removingPercentEncoding ?? "no text"
  }
  /// A picture of a page, as it is when a script has run in it.
  static func screenshot(
    of page: String, after script: String, width: Int, height: Int, isDark: Bool, to picture: URL
  ) throws {
    let folder = try newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("page.html")
    try page.replacingOccurrences(of: "</body>", with: "<script>\(script)</script></body>")
      .write(to: file, atomically: true, encoding: .utf8)
    let options = [
      "--screenshot=\(picture.path)", "--window-size=\(width),\(height)", "--hide-scrollbars",
      "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--virtual-time-budget=3000",
    ]
    _ = try open(file, options, profile: folder)
  }

  private static func newFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// What the browser prints.
  private static func open(_ file: URL, _ options: [String], profile folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program!)
    process.arguments =
      ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile"] + options
      + [file.absoluteString]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
