/// One web page that needs nothing else and follows the reader's choice of light or dark.
package struct WebPage {
  private let title: String
  private let style: String
  private let body: String

  /// - Parameters:
  ///   - style: whole lines of CSS.
  ///   - body: below the title, as HTML.
  package init(title: String, style: String, body: String) {
    (self.title, self.style, self.body) = (title, style, body)
  }

  package var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(SVG.escaped(title))</title>
    <style>
    \(style)</style>
    </head>
    <body>
    <h1>\(SVG.escaped(title))</h1>
    \(body)
    </body>
    </html>

    """
  }
}

/// How a page sets the picture of a graph and the table beside it, and what its colours mean.
package enum PictureStyle {
  /// - Parameter more: what is particular to a picture.
  package static func legend(_ more: String = "") -> String {
    """
    <figcaption>Blue: parameters. Grey: constants. Green: the output. On each arrow: the local gradient ∂node/∂input. In \
    each box: the value, and below it the upstream gradient.\(more)</figcaption>

    """
  }

  package static var text: String { String(resource: PackageResources.picture_css) }
}
