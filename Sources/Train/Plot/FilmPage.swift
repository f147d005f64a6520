/// Pictures that change step by step, side by side on one web page that needs nothing else: played or stepped through by
/// mouse and keyboard. A film with fewer steps than the others stays at its last.
public struct FilmPage: Sendable {
  /// Above the pictures.
  public var title: String
  /// From left to right.
  public var films: [PlotFilm]

  /// - Precondition: at least one film, each with at least one step.
  public init(title: String, _ films: [PlotFilm]) {
    precondition(!films.isEmpty && films.allSatisfy { !$0.steps.isEmpty }, "FilmPage: nothing to show")
    (self.title, self.films) = (title, films)
  }

  /// The page.
  public var html: String {
    WebPage(
      title: title, style: PictureStyle.text + Player.style + String(resource: PackageResources.film_css),
      body: """
        \(Player.controls())<div id="films" class="\(films.count == 1 ? "one" : "many")">
        \(films.map(figure).joined())</div>
        <script>
        \(String(resource: PackageResources.film_js))
        \(Player.script)
        go(0);
        </script>
        """
    ).text
  }

  /// Writes the page, wholly or not at all.
  public func write(to path: String) throws(FileError) { try WholeFile.write(html, to: path) }

  private func figure(_ film: PlotFilm) -> String {
    let captions = JSONValue.array(film.steps.map { .string($0.caption) })
    return """
      <figure data-film>
      \(film.svg)<figcaption></figcaption>
      <script type="application/json">\(WebPage.inScript(captions))</script>
      </figure>

      """
  }
}
