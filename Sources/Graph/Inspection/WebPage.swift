/// One web page that needs nothing else and follows the reader's choice of light or dark.
package struct WebPage {
  let title: String
  let style: String
  /// Below the title, as HTML.
  let body: String

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
    \(style)
    </style>
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

  package static var text: String {
    """
    :root{--page:#fff;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--box:#f6f8fa;--blue:#dbeafe;--blueline:#2563eb;
    --grey:#eaeef2;--greyline:#8a939c;--goal:#dcfce7;--goalline:#15803d;--accent:#b42318}
    @media(prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e6edf3;--soft:#9aa4ae;--line:#343b43;--box:#161b22;
    --blue:#12294d;--blueline:#6ea8fe;--grey:#21262d;--greyline:#7d8894;--goal:#0f2e1c;--goalline:#4ade80;
    --accent:#ff9b8f}}
    body{margin:2rem auto;padding:0 1rem;max-width:90rem;background:var(--page);color:var(--ink);
    font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","DejaVu Sans","Noto Sans CJK SC","PingFang SC",
    "Microsoft YaHei",sans-serif}
    h1{font-size:1.3rem;font-weight:600}
    figure{margin:0 0 2rem;overflow-x:auto}
    figcaption{color:var(--soft);font-size:13px}
    .wide{overflow-x:auto}
    table{border-collapse:collapse}
    th,td{padding:.3rem .9rem;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
    th{color:var(--soft);font-weight:600}
    .right{text-align:right;font-variant-numeric:tabular-nums}
    svg text{font-family:inherit;fill:var(--ink)}
    .value,.upstream{font-size:14px}
    .local{font-size:12px}.behind{fill:var(--page)}
    .arrow{fill:none;stroke:var(--greyline);stroke-width:1.3;marker-end:url(#head)}.head{fill:var(--greyline)}
    .box{fill:var(--box);stroke:var(--greyline)}.parameter{fill:var(--blue);stroke:var(--blueline)}
    .constant{fill:var(--grey);stroke:var(--greyline)}.output{fill:var(--goal);stroke:var(--goalline)}
    svg .upstream{fill:var(--accent)}svg .local{fill:var(--soft)}
    """
  }
}
