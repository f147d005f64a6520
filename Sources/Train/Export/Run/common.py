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
