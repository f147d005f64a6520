"""Writes precise.txt: elementary functions to 170 digits by mpmath.

    python3 precise.py > precise.txt        (mpmath 1.3)

Each line: function | argument, a number that a double holds exactly | value.
"""

import mpmath as mp

mp.mp.dps = 400
ARGUMENTS = {
    "exp": "1 -0.375 30.5 -40.25", "expm1": "0.25 0.0009765625 -3.5", "log": "2 0.625 1.0078125 1e15",
    "log1p": "0.5 -0.75 -0.9990234375 0.0000152587890625", "sqrt": "2 0.015625 1e9", "sin": "0.5 3 -100.125 22", "cos": "0.5 11 1e5",
    "tan": "0.75 -1.5 8", "asin": "0.5 -0.9375", "acos": "0.5 -0.9375 0.9990234375", "atan": "0.25 -3 1e10",
    "sinh": "0.03125 2 -20.5", "cosh": "0.03125 -2", "tanh": "0.03125 -2 40.5", "asinh": "0.125 -30", "acosh": "1.0078125 9",
    "atanh": "0.125 -0.984375", "erf": "0.25 -2 7.5",
}

for name, arguments in ARGUMENTS.items():
    for text in arguments.split():
        value = getattr(mp, name)(mp.mpf(float(text)))
        print(name, text, mp.nstr(value, 170, min_fixed=-mp.inf, max_fixed=mp.inf), sep="|")
