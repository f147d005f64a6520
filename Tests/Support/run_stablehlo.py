"""Runs StableHLO modules by XLA on the CPU.

The folder given has a file cases.json: a list of objects with the text of a module and its arguments, each a shape and
its numbers. For each case the results, as lists of numbers, are written to results.json. Where a case has rounds, the
module is run once for each: its last arguments are those of the round, its first ones the first results of the round before,
whose memory is given over.
"""
import dataclasses
import json
import pathlib
import sys

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")
import numpy as np
from jax import export
from jax._src.export import _export
from jax._src.interpreters import mlir
from jax._src.lib.mlir import ir


def function(text, donated=0):
    """The main function of a module: taken in by exporting another of the same signature and replacing its text."""
    context = mlir.make_ir_context()
    module = ir.Module.parse(text, context)
    main = next(op for op in module.body.operations if op.name.value == "main")
    types = ir.FunctionType(main.type)

    def struct(t):
        t = ir.RankedTensorType(t)
        return jax.ShapeDtypeStruct(tuple(t.shape), {"f32": "float32", "f64": "float64", "i32": "int32"}[str(t.element_type)])

    results = [struct(t) for t in types.results]
    stand_in = jax.jit(lambda *_: [jax.numpy.zeros(r.shape, r.dtype) for r in results], keep_unused=True)
    exported = export.export(stand_in)(*[struct(t) for t in types.inputs])
    replaced = dataclasses.replace(exported, mlir_module_serialized=_export._module_to_bytecode(module))
    return jax.jit(replaced.call, donate_argnums=tuple(range(donated)))


def run(case):
    """The results of a case, of each round for one that has rounds."""
    text = case["text"]
    kind = np.float32 if "xf32>" in text or "<f32>" in text else np.float64

    def arrays(arguments):
        return [np.array(a["numbers"], np.int32 if a["isWhole"] else kind).reshape(a["shape"]) for a in arguments]

    def numbers(results):
        return [np.asarray(r, np.float64).reshape(-1).tolist() for r in results]

    state = arrays(case["arguments"])
    if not case["rounds"]:
        return [numbers(function(text)(*state))]
    step, rounds = function(text, donated=len(state)), []
    for arguments in case["rounds"]:
        results = step(*state, *arrays(arguments))
        rounds.append(numbers(results))
        state = results[: len(state)]
    return rounds


folder = pathlib.Path(sys.argv[1])
answers = []
for case in json.loads((folder / "cases.json").read_text()):
    try:
        answers.append({"rounds": run(case)})
    except Exception as error:
        answers.append({"error": f"{type(error).__name__}: {error}"[:2000]})
(folder / "results.json").write_text(json.dumps(answers))
