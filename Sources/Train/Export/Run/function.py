"""Evaluates the function of this folder by XLA.

python3 run.py                     at the arguments of arguments.safetensors
python3 run.py x=3 'W=[[1, 2]]'    with others in their place
"""
import json
import pathlib
import sys

# common.py


def main():
    import jax
    import numpy as np

    jax.config.update("jax_enable_x64", True)
    values, metadata = load(HERE / "arguments.safetensors")
    limits = json.loads(metadata["limits"])  # of lists of indices, which stand behind the inputs
    names = json.loads(metadata["inputs"]) + list(limits)
    for word in sys.argv[1:]:
        name, _, text = word.partition("=")
        if name not in names:
            sys.exit(f"run.py: expected one of {', '.join(names)}, found {word}")
        given = np.array(json.loads(text), values[name].dtype)
        if given.shape != values[name].shape:
            sys.exit(f"run.py: {name} has shape {list(values[name].shape)}, found {list(given.shape)}")
        if name in limits and not np.all((given >= 0) & (given < limits[name]) & (given == json.loads(text))):
            sys.exit(f"run.py: {name}: expected indices from 0 to {limits[name] - 1}, found {text}")
        values[name] = given
    step = compiled((HERE / "module.mlir").read_text())
    value, *gradients = step(*[values[name] for name in names])
    answer = {"value": np.asarray(value).tolist()}
    if gradients:
        answer["gradient"] = {name: np.asarray(g).tolist() for name, g in zip(names, gradients)}
    print(json.dumps(answer))


main()
