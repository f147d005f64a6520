"""Trains the model of this folder by XLA.

python3 run.py --save trained.safetensors      on all devices that jax finds, each batch split among them
python3 run.py --cpu-devices 4                 on so many parts of the processor
python3 run.py --coordinator HOST:PORT --processes 2 --process 0
                                               in several processes; under mpirun or Slurm --distributed is enough
"""
import argparse
import json
import pathlib
import sys
import time

# common.py


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", metavar="FILE", help="writes the parameters here after every epoch")
    parser.add_argument("--resume", metavar="FILE", help="goes on from a file that was saved")
    parser.add_argument("--epochs", type=int, help="no more than these")
    parser.add_argument("--cpu-devices", type=int, metavar="N")
    parser.add_argument("--distributed", action="store_true", help="several processes, as the launcher says")
    parser.add_argument("--coordinator", metavar="HOST:PORT")
    parser.add_argument("--processes", type=int)
    parser.add_argument("--process", type=int)
    return parser.parse_args()


def connect(chosen):
    import jax

    if chosen.cpu_devices:
        jax.config.update("jax_platforms", "cpu")
        jax.config.update("jax_num_cpu_devices", chosen.cpu_devices)
    if chosen.coordinator:
        jax.distributed.initialize(chosen.coordinator, chosen.processes, chosen.process)
    elif chosen.distributed:
        jax.distributed.initialize()


def main():
    chosen = options()
    connect(chosen)
    import jax
    import numpy as np
    from jax.sharding import Mesh, NamedSharding, PartitionSpec

    settings = json.loads((HERE / "settings.json").read_text())
    jax.config.update("jax_enable_x64", settings["precision"] == "double")
    names, batch = settings["state"], settings["batch"]
    data, _ = load(HERE / "data.safetensors")
    inputs, targets, rates = data["inputs"], data["targets"], data["rates"]
    mesh = Mesh(np.array(jax.devices()), ("examples",))
    whole, split = NamedSharding(mesh, PartitionSpec()), NamedSharding(mesh, PartitionSpec("examples"))
    if batch % mesh.size:
        sys.exit(f"run.py: a batch of {batch} examples cannot be split among {mesh.size} devices")

    def everywhere(array):
        return jax.make_array_from_callback(array.shape, whole, lambda part: array[part])

    def shared(rows, order):
        shape = (batch,) + rows.shape[1:]
        return jax.make_array_from_callback(shape, split, lambda part: rows[order[part[0]]])

    start = chosen.resume or HERE / "start.safetensors"
    arrays, metadata = load(start)
    missing = [name for name in names if name not in arrays]
    if missing:
        sys.exit(f"run.py: {start} has no {', '.join(missing)}")
    state = [everywhere(arrays[name]) for name in names]
    indices = [everywhere(data[name]) for name in settings["indices"]]
    place = json.loads(metadata["training"])
    count, steps = len(inputs), -(-len(inputs) // batch)
    first, last = place["batches"]["step"] // steps, len(settings["places"])
    if chosen.epochs is not None:
        last = min(last, chosen.epochs)
    step = compiled(
        (HERE / "module.mlir").read_text(), donated=len(names),
        inputs=[whole] * (len(names) + 2) + [split] * 2 + [whole] * len(indices), results=[whole] * (len(names) + 1))
    history = place["history"]
    for epoch in range(first, last):
        began, losses = time.perf_counter(), []
        random = np.random.default_rng((settings["seed"], epoch))
        if settings["sampling"] == "inOrder":
            order = np.arange(count)
        elif settings["sampling"] == "withReplacement":
            order = random.integers(count, size=steps * batch)
        else:
            order = random.permutation(count)
        order = np.resize(order, steps * batch)  # the last batch is filled from the beginning
        for k in range(steps):
            t = epoch * steps + k
            rows = order[k * batch : (k + 1) * batch]
            numbers = [everywhere(np.array(x, inputs.dtype)) for x in (rates[t], t + 1)]
            *state, loss = step(*state, *numbers, shared(inputs, rows), shared(targets, rows), *indices)
            losses.append(loss)
            if len(losses) % 64 == 0:
                loss.block_until_ready()
        mean = float(np.mean([np.asarray(loss) for loss in losses]))
        history["epochs"].append({"epoch": epoch + 1, "loss": mean})
        if jax.process_index() == 0:
            print(f"Epoch {epoch + 1}: loss {mean!r}, {time.perf_counter() - began:.2f} s", flush=True)
            if chosen.save:
                then = json.loads(settings["places"][epoch]) | {"history": history}
                arrays = {name: np.asarray(x) for name, x in zip(names, state)}
                save(chosen.save, arrays, metadata | {"training": json.dumps(then)})
        if not np.isfinite(mean):
            sys.exit(f"run.py: epoch {epoch + 1}: the loss is {mean}")


main()
