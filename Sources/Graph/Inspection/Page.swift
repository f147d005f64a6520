extension Snapshot {
  /// One web page that needs nothing else: a picture of the graph, and the table. It follows the reader's choice of light
  /// or dark. More than 300 nodes are not drawn, only listed.
  public var html: String {
    WebPage(
      title: output.map { "The tape of \($0)" } ?? "The tape", style: PictureStyle.text,
      body: """
        <figure>
        \(picture)</figure>
        <div class="wide">
        \(cells.html)</div>
        """
    ).text
  }

  private var picture: String {
    nodes.count <= 300
      ? Picture(self).svg + PictureStyle.legend(" Arrows over more than 12 columns are left out.")
      : "<figcaption>\(nodes.count) nodes: too many to draw.</figcaption>\n"
  }
}

extension TextTable {
  fileprivate var html: String {
    var svg = SVG()
    svg.element("table") { svg in
      for (index, line) in ([columns.map(\.title)] + rows).enumerated() {
        svg.element("tr") { svg in
          for (column, cell) in zip(columns, line) {
            svg.element(index == 0 ? "th" : "td", ["class": column.alignment == .right ? "right" : "left"]) {
              $0.raw(SVG.escaped(cell))
            }
          }
        }
      }
    }
    return svg.text
  }
}
