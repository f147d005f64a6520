import Ops

extension OperationTests {
  /// Special functions, order, triangles, sums of products, windows: what `tensor_operations.py` computes last.
  static let functions: Table = [
    "exp2": { exp2($0[0]) }, "log2": { log2($0[0]) }, "log10": { log10($0[0]) }, "erfc": { erfc($0[0]) },
    "lgamma": { lgamma($0[0]) }, "digamma": { digamma($0[0]) }, "sinc": { sinc($0[0]) },
    "logSigmoid": { logSigmoid($0[0]) }, "floor": { floor($0[0]) }, "cbrt": { cbrt($0[0]) },
    "atan2": { atan2($0[0], $0[1]) }, "hypot": { hypot($0[0], $0[1]) }, "logAddExp": { logAddExp($0[0], $0[1]) },
    "xlogy": { xlogy($0[0], $0[1]) }, "mod": { mod($0[0], $0[1]) },
    "cumulativeProduct -1": { $0[0].cumulativeProduct() }, "cumulativeProduct 0": { $0[0].cumulativeProduct(0) },
    "sorted -1": { $0[0].sorted() }, "sorted 0 descending": { $0[0].sorted(0, descending: true) },
    "argsort": { $0[0] * Tensor($0[0].argsort().map { Double($0) }, shape: $0[0].shape) },
    "topK": { $0[0].topK(2).values }, "topK 0": { $0[0].topK(3, along: 0).values },
    "lowerTriangle -1": { $0[0].lowerTriangle(-1) }, "upperTriangle 1": { $0[0].upperTriangle(1) },
    "diagonal matrix": { $0[0].asDiagonal() }, "kronecker": { kronecker($0[0], $0[1]) },
    "einsum ij,jk->ik": { einsum("ij,jk->ik", $0[0], $0[1]) },
    "einsum bij,bjk->bik": { einsum("bij,bjk->bik", $0[0], $0[1]) },
    "einsum ij,kj->ik": { einsum("ij,kj->ik", $0[0], $0[1]) }, "einsum i,j->ij": { einsum("i,j->ij", $0[0], $0[1]) },
    "einsum ij->ji": { einsum("ij->ji", $0[0]) }, "einsum ij->j": { einsum("ij->j", $0[0]) },
    "einsum ij,ij->": { einsum("ij,ij->", $0[0], $0[1]) },
    "einsum ij,jk,kl->il": { einsum("ij,jk,kl->il", $0[0], $0[1], $0[2]) },
    "einsum bhqd,bhkd->bhqk": { einsum("bhqd,bhkd->bhqk", $0[0], $0[1]) },
    "einsum ii->i": { einsum("ii->i", $0[0]) }, "einsum ii->": { einsum("ii->", $0[0]) },
    "einsum iji,i->j": { einsum("iji,i->j", $0[0], $0[1]) }, "einsum ij,i": { einsum("ij,i", $0[0], $0[1]) },
    "oneHot": { matmul(Tensor.oneHot([2, 0], classes: 3), $0[0]) }, "take": { $0[0].gathered([1, 1, 0]) },
    "convolution 1": { convolution($0[0], $0[1]) },
    "convolution 1 by 2": { convolution($0[0], $0[1], stride: 2, padding: 1) },
    "convolution 2": { convolution($0[0], $0[1]) },
    "convolution 2 by 2": { convolution($0[0], $0[1], stride: 2, padding: 1) },
    "maxPooled 1": { $0[0].maxPooled([2]) }, "maxPooled 2": { $0[0].maxPooled([2, 2], stride: 1, padding: 1) },
    "averagePooled 1": { $0[0].averagePooled([3], stride: 1) },
    "averagePooled 2": { $0[0].averagePooled([2, 2], padding: 1) },
    "normalized": { $0[0].normalized() }, "layer norm": { $0[0].normalized() * $0[1] + $0[2] },
  ]
}
