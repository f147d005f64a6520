// The launchers that stand in an exported folder. They need nothing but jax, and hold no arithmetic: what is computed
// stands in the module.

enum RunScript {
  /// Evaluates a function.
  static let function = functionHead + common + functionMain
  /// Trains.
  static let training = trainingHead + common + trainingMain

  private static let functionHead = #"""
    """Evaluates the function of this folder by XLA.

    python3 run.py                     at the arguments of arguments.safetensors
    python3 run.py x=3 'W=[[1, 2]]'    with others in their place
    """
    import json
    import pathlib
    import sys


    """#

  private static let functionMain = #"""
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

    """#

  private static let trainingHead = #"""
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


    """#

  private static let trainingMain = #"""
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

    """#

  /// Files and modules.
  private static let common = #"""
    HERE = pathlib.Path(__file__).resolve().parent
    KINDS = {"F32": "<f4", "F64": "<f8", "I32": "<i4"}


    def load(path):
        """The arrays of a safetensors file by their names, and its metadata."""
        import numpy as np

        content = pathlib.Path(path).read_bytes()
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        metadata, arrays = header.pop("__metadata__", {}), {}
        metadata.pop("checksum", None)
        for name, entry in header.items():
            begin, end = (8 + size + place for place in entry["data_offsets"])
            array = np.frombuffer(content[begin:end], KINDS[entry["dtype"]])
            arrays[name] = array.reshape(entry["shape"])
        return arrays, metadata


    def save(path, arrays, metadata):
        """Writes a safetensors file, wholly or not at all."""
        import os

        header, end = {"__metadata__": metadata}, 0
        for name, array in arrays.items():
            begin, end = end, end + array.nbytes
            kind = "F32" if array.itemsize == 4 else "F64"
            header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [begin, end]}
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        with open(f"{path}.part", "wb") as file:
            file.write(len(text).to_bytes(8, "little") + text)
            for array in arrays.values():
                file.write(array.tobytes())
        os.replace(f"{path}.part", path)


    def compiled(text, donated=0, inputs=None, results=None):
        """The main function of a module: another function of the same signature is exported, and its text replaced."""
        import dataclasses

        import jax

        from jax import export
        from jax._src.export import _export
        from jax._src.interpreters import mlir
        from jax._src.lib.mlir import ir

        module = ir.Module.parse(text, mlir.make_ir_context())
        main = next(part for part in module.body.operations if part.name.value == "main")
        types = ir.FunctionType(main.type)
        kinds = {"f32": "float32", "f64": "float64", "i32": "int32"}

        def described(kind):
            kind = ir.RankedTensorType(kind)
            return jax.ShapeDtypeStruct(tuple(kind.shape), kinds[str(kind.element_type)])

        outputs = [described(kind) for kind in types.results]
        stand_in = jax.jit(lambda *_: [jax.numpy.zeros(x.shape, x.dtype) for x in outputs], keep_unused=True)
        exported = export.export(stand_in)(*[described(kind) for kind in types.inputs])
        exported = dataclasses.replace(exported, mlir_module_serialized=_export._module_to_bytecode(module))
        shardings = {} if inputs is None else {"in_shardings": tuple(inputs), "out_shardings": list(results)}
        return jax.jit(exported.call, donate_argnums=tuple(range(donated)), **shardings)



    """#
}
