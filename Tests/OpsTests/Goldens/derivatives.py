"""Writes derivatives.txt: random formulas with their derivative by SymPy, and with one slip.

    python3 derivatives.py > derivatives.txt        (SymPy 1.14)

Each line: formula | by | derivative | edited derivative | what became of it: "same" where SymPy proves that the slip
changes nothing, "other" where the two differ by more than a millionth at points where both have a value, else
"unknown": the slip took the root of a negative number, say.
"""

import random
import signal
import sys

import sympy as sp
from sympy.printing.str import StrPrinter

random.seed(20261121)
COUNT = 3000
NAMES = "x y z u v w".split()
SYMBOLS = {name: sp.Symbol(name, real=True) for name in NAMES}
FUNCTIONS = {
    "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt, "sin": sp.sin, "cos": sp.cos, "tan": sp.tan,
    "asin": sp.asin, "acos": sp.acos, "atan": sp.atan, "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh,
    "asinh": sp.asinh, "acosh": sp.acosh, "atanh": sp.atanh, "erf": sp.erf,
}
# Those whose domain is narrow get an argument that stays in it, so that a formula has a value at all.
INSIDE = {
    "log": "({}^2 + 1)", "sqrt": "({}^2 + 1)", "asin": "({}/4)", "acos": "({}/4)", "atanh": "({}/4)",
    "acosh": "({}^2 + 1.5)",
}


class Node:
    """A formula as a tree: (kind, children), with kind an operator, a function, a name or a number."""

    def __init__(self, kind, *children):
        self.kind, self.children = kind, list(children)

    def sympy(self):
        parts = [child.sympy() for child in self.children]
        if self.kind in SYMBOLS:
            return SYMBOLS[self.kind]
        if self.kind in FUNCTIONS:
            return FUNCTIONS[self.kind](*parts)
        if self.kind == "+":
            return parts[0] + parts[1]
        if self.kind == "-":
            return parts[0] - parts[1]
        if self.kind == "*":
            return parts[0] * parts[1]
        if self.kind == "/":
            return parts[0] / parts[1]
        if self.kind == "^":
            return parts[0] ** parts[1]
        return sp.Rational(self.kind)

    def text(self):
        parts = [child.text() for child in self.children]
        if len(parts) == 1:
            return f"{self.kind}({parts[0]})"
        if len(parts) == 2:
            return f"({parts[0]} {self.kind} {parts[1]})" if self.kind in "+-" else f"({parts[0]}{self.kind}{parts[1]})"
        return self.kind


def leaf(names):
    return Node(random.choice(names)) if random.random() < 0.75 else Node(random.choice("1 2 3 5 0.5".split()))


def formula(depth, names):
    if depth == 0 or random.random() < 0.12:
        return leaf(names)
    kind = random.choice(["+", "-", "*", "*", "/", "^", "f", "f", "f"])
    if kind == "f":
        name = random.choice(list(FUNCTIONS))
        argument = formula(depth - 1, names)
        if name in INSIDE:
            pattern = INSIDE[name]
            if "^2" in pattern:
                extra = pattern.split("+ ")[1].rstrip(")")
                argument = Node("+", Node("^", argument, Node("2")), Node(extra))
            else:
                argument = Node("/", Node("sin", argument), Node("4"))
        return Node(name, argument)
    if kind == "^":
        return Node("^", formula(depth - 1, names), Node(random.choice("2 3 4".split())))
    if kind == "/":
        below = Node("+", Node("^", formula(depth - 1, names), Node("2")), Node(random.choice("1 2".split())))
        return Node("/", formula(depth - 1, names), below)
    return Node(kind, formula(depth - 1, names), formula(depth - 1, names))


class Printer(StrPrinter):
    """In the language of formulas, where E is a name like any other."""

    def _print_Exp1(self, _):
        return "exp(1)"


def printed(expression):
    return Printer().doprint(expression).replace("**", "^").replace(" ", "")


def slip(expression, names):
    """One edit of a derivative: a sign, a factor, an exponent, a swapped name, a dropped term."""
    kind = random.choice(["sign", "factor", "exponent", "name", "term"])
    parts = [p for p in sp.preorder_traversal(expression)]
    if kind == "sign":
        sums = [p for p in parts if p.is_Add]
        if not sums:
            return -expression
        chosen = random.choice(sums)
        term = random.choice(chosen.args)
        return expression.xreplace({chosen: chosen - 2 * term})
    if kind == "factor":
        return expression * random.choice([2, sp.Rational(1, 2), 3, 10])
    if kind == "exponent":
        powers = [p for p in parts if p.is_Pow and p.exp.is_Integer]
        if not powers:
            return expression**2
        chosen = random.choice(powers)
        return expression.xreplace({chosen: sp.Pow(chosen.base, chosen.exp + 1)})
    if kind == "name":
        used = [n for n in names if expression.has(SYMBOLS[n])]
        if len(used) < 2:
            return expression + 1
        a, b = random.sample(used, 2)
        return expression.xreplace({SYMBOLS[a]: SYMBOLS[b]})
    sums = [p for p in parts if p.is_Add]
    if not sums:
        return sp.Integer(0)
    chosen = random.choice(sums)
    return expression.xreplace({chosen: chosen - random.choice(chosen.args)})


def fate(derivative, edited):
    difference = derivative - edited
    if difference == 0 or edited == derivative:
        return "same"
    found = False
    for _ in range(12):
        point = {s: sp.Rational(random.randint(-1900, 1900), 1000) for s in SYMBOLS.values()}
        a, b = (sp.N(e.xreplace(point), 25) for e in (derivative, edited))
        if not (a.is_real and b.is_real and a.is_finite and b.is_finite):
            continue
        found = True
        if abs(a - b) > 1e-6 * max(abs(a), abs(b)):
            return "other"
    if found and sp.simplify(difference) == 0:
        return "same"
    return "unknown"


class TooLong(Exception):
    pass


def alarm(*_):
    raise TooLong


signal.signal(signal.SIGALRM, alarm)
done = 0
while done < COUNT:
    names = NAMES[: random.randint(1, 6)]
    tree = formula(random.randint(1, 4), names)
    expression = tree.sympy()
    if not expression.free_symbols or expression.has(sp.zoo, sp.nan, sp.oo, sp.I):
        continue
    by = random.choice(sorted(str(s) for s in expression.free_symbols))
    signal.alarm(5)
    try:
        derivative = sp.diff(expression, SYMBOLS[by])
        if random.random() < 0.3:
            derivative = sp.factor_terms(derivative)
        edited = slip(derivative, names)
        text, claim, wrong = tree.text(), printed(derivative), printed(edited)
        if len(text) > 110 or len(claim) > 130 or len(wrong) > 140:
            continue
        if any(word in claim + wrong for word in ("I", "zoo", "nan", "Piecewise", "sign", "Abs", "re(", "im(")):
            continue
        result = fate(derivative, edited)
    except TooLong:
        continue
    finally:
        signal.alarm(0)
    print(text, by, claim, wrong, result, sep="|")
    done += 1
sys.stdout.flush()
