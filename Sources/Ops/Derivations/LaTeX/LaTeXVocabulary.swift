/// What the commands of LaTeX mathematics mean to a reader of formulas.
enum LaTeXVocabulary {
  /// Sizes, spaces and styles.
  static let ignored: Set<String> = [
    "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm",
    "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits", "nonumber", "notag", "hfill",
    "hline", "normalsize", "small", "large", "thinspace", "negthinspace", "medspace", "thickspace", "strut",
    "mathstrut", "allowbreak", "nobreak", "noindent", "centering", "smallskip", "medskip", "bigskip", "relax",
    "ensuremath", "substack",
  ]

  /// Environments whose body is mathematics.
  static let environments: Set<String> = [
    "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "alignat", "flalign", "dmath",
    "aligned", "gathered", "split", "IEEEeqnarray",
  ]

  static let gaps: Set<String> = ["quad", "qquad", "enspace"]

  static let starred: Set<String> = ["operatorname", "hspace", "vspace", "tag"]

  static let aliases: [String: String] = [
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "lt": "<", "le": "leq", "leqslant": "leq", "ge": "geq",
    "geqslant": "geq", "gt": ">", "ne": "neq", "coloneqq": ":=", "triangleq": ":=", "ast": "*", "bullet": "cdot",
    "centerdot": "cdot", "ldots": "dots", "cdots": "dots", "vdots": "dots", "ddots": "dots", "dotsc": "dots",
    "dotsb": "dots", "hdots": "dots", "to": "rightarrow", "gets": "leftarrow", "longrightarrow": "rightarrow",
    "Leftarrow": "leftarrow", "implies": "Rightarrow", "iff": "Rightarrow", "Leftrightarrow": "Rightarrow",
    "Longrightarrow": "Rightarrow", "intercal": "top", "transpose": "top", "mathsf": "mathrm", "widehat": "hat",
    "widetilde": "tilde", "overline": "bar", "Vec": "vec", "bm": "mathbf", "boldsymbol": "mathbf", "pmb": "mathbf",
    "bold": "mathbf", "mathit": "mathrm", "tg": "tan", "arctg": "arctan", "sh": "sinh", "ch": "cosh", "th": "tanh",
    "land": "and", "wedge": "and", "lor": "or", "vee": "or", "dag": "dagger", "differential": "dd", "diff": "dd",
    "lnot": "neg",
  ]

  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "hbar": "ħ",
    "imath": "i", "jmath": "j",
  ]

  /// Functions that have a command of their own, or are set as words.
  static let functions: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "exp",
    "log", "ln", "max", "min", "det", "sqrt", "lg",
  ]

  /// Names that are functions where brackets follow, also if nothing defines them.
  static let usualFunctions: Set<String> = ["f", "g", "σ"]

  /// Words for functions, and the name that the language of formulas has for them.
  static let wordFunctions: [String: String] = [
    "sgn": "sgn", "sign": "sgn", "relu": "relu", "ReLU": "relu", "Relu": "relu", "softmax": "softmax",
    "sigmoid": "sigmoid", "softplus": "softplus", "tr": "trace", "Tr": "trace", "trace": "trace", "diag": "diag",
    "erf": "erf", "logsumexp": "logsumexp", "lse": "logsumexp", "LSE": "logsumexp", "sech": "sech", "abs": "abs",
    "silu": "silu", "SiLU": "silu", "gelu": "gelu", "GELU": "gelu", "ELU": "elu", "vec": "vec", "atan2": "atan2",
    "Var": "var", "std": "std", "logit": "logit", "swish": "silu", "Softmax": "softmax", "arsinh": "asinh",
    "arcosh": "acosh", "artanh": "atanh", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "norm": "norm",
    "dot": "dot", "square": "square", "log1p": "log1p", "expm1": "expm1", "clip": "clip", "lgamma": "lgamma",
    "digamma": "digamma", "mod": "mod", "floor": "floor", "ceil": "ceil", "where": "where", "step": "step",
  ]

  /// The function that a command or a word means.
  static func function(_ word: String) -> String? { wordFunctions[word] ?? (functions.contains(word) ? word : nil) }

  /// What words are turned into.
  static let formulaFunctions = Set(wordFunctions.values)

  static let accents: [String: String] = [
    "hat": "\u{302}", "bar": "\u{304}", "tilde": "\u{303}", "dot": "\u{307}", "ddot": "\u{308}", "vec": "",
    "check": "\u{30c}", "breve": "\u{306}",
  ]

  static let relations: [String: String] = [
    "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "in": "∈", "equiv": "=", ":=": "=", "<": "<", ">": ">",
    "rightarrow": "→", "leftarrow": "←", "propto": "∝", "sim": "∼", "simeq": "≈", "cong": "≈", "ll": "≪", "gg": "≫",
    "subset": "⊂", "subseteq": "⊂", "notin": "∉", "mapsto": "↦",
  ]

  /// Commands that are read as a symbol.
  static let signs: [String: String] = [
    "cdot": "·", "infty": "∞", "top": "⊤", "prime": "prime", "star": "*", "dagger": "*", "Reals": "ℝ", "emptyset": "∅",
  ]

  static let blackboard: [String: String] = [
    "R": "ℝ", "I": "𝕀", "1": "𝕀", "E": "𝔼", "N": "ℕ", "Z": "ℤ", "P": "ℙ", "C": "ℂ", "Q": "ℚ", "S": "𝕊",
  ]

  /// Signs of Unicode and the commands that they stand for.
  static let commands: [Character: String] = [
    "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "√": "sqrt", "·": "cdot", "⋅": "cdot", "×": "times",
    "⊙": "odot", "∘": "circ", "⊗": "otimes", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "∈": "in",
    "→": "rightarrow", "←": "leftarrow", "⇒": "Rightarrow", "…": "dots", "⋯": "dots", "⋮": "dots", "⋱": "dots",
    "∞": "infty", "⊤": "top", "‖": "Vert", "∥": "Vert", "ℝ": "Reals", "±": "pm", "∝": "propto", "∼": "sim",
    "≡": "equiv", "∫": "int", "⟨": "langle", "⟩": "rangle", "≜": ":=",
  ]

  /// Signs of other keyboards.
  static let spelling: [Character: Character] = [
    "−": "-", "–": "-", "（": "(", "）": ")", "，": ",", "；": ";", "：": ":", "。": ".", "＝": "=", "＋": "+",
    "、": ",", "∗": "*", "｜": "|", "′": "'", "’": "'", "″": "\"",
  ]

  static let symbols: Set<Character> = Set("+-*/=<>()[]|,;.:!'\"&^_{}?`@").union(spelling.keys)
}
