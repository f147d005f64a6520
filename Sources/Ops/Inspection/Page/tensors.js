// Operations on whole tensors.

function strides(shape) {
  const result = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) result[axis] = result[axis + 1] * shape[axis + 1];
  return result;
}

const offset = (index, steps) => index.reduce((sum, i, axis) => sum + i * steps[axis], 0);

// A tensor whose elements are read from one place each of another.
function read(x, shape, place) {
  const data = dataOf(x);
  return made(shape, Array.from({ length: size(shape) }, (_, i) => data[place(indices(i, shape))]));
}

// Every element of x is added to one place of zeros.
function added(x, shape, place) {
  const result = new Array(size(shape)).fill(0);
  dataOf(x).forEach((number, i) => { result[place(indices(i, shapeOf(x)))] += number; });
  return made(shape, result);
}

Object.assign(whole, {
  reshape: ([x], shape) => made(shape, dataOf(x)),
  broadcast: ([x], shape) => {
    const own = shapeOf(x), steps = strides(own), skipped = shape.length - own.length;
    return read(x, shape, (i) => offset(own.map((n, axis) => (n === 1 ? 0 : i[axis + skipped])), steps));
  },
  permute: ([x], shape, order) => {
    const steps = strides(x.shape);
    return read(x, shape, (i) => order.reduce((sum, from, axis) => sum + i[axis] * steps[from], 0));
  },
  sum: ([x], shape, axes) => {
    const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis)), steps = strides(shape);
    return added(x, shape, (i) => kept.reduce((sum, axis, k) => sum + i[axis] * steps[k], 0));
  },
  maximum: ([x], shape) => {
    const n = x.shape.at(-1);
    const row = (i) => x.data.slice(i * n, (i + 1) * n);
    return made(shape, Array.from({ length: size(shape) }, (_, i) => Math.max(...row(i))));
  },
  matmul: ([a, b], shape, flipsA, flipsB) => {
    const [rows, columns] = shape.slice(-2), inner = a.shape.at(flipsA ? -2 : -1);
    const of = (x, flips, m, i, j) =>
      x.data[m * x.shape.at(-1) * x.shape.at(-2) + (flips ? j * x.shape.at(-1) + i : i * x.shape.at(-1) + j)];
    return made(shape, Array.from({ length: size(shape) }, (_, place) => {
      const m = Math.floor(place / (rows * columns)), i = Math.floor(place / columns) % rows, j = place % columns;
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += of(a, flipsA, m, i, k) * of(b, flipsB, m, k, j);
      return sum;
    }));
  },
  slice: ([x], shape, starts, steps) => {
    const own = strides(x.shape);
    return read(x, shape, (i) => offset(i.map((k, axis) => starts[axis] + k * steps[axis]), own));
  },
  place: ([x], shape, starts, steps) => {
    const own = strides(shape);
    return added(x, shape, (i) => offset(i.map((k, axis) => starts[axis] + k * steps[axis]), own));
  },
  concatenate: (parts, shape, axis) => {
    const inner = size(shape.slice(axis + 1)), outer = size(shape.slice(0, axis)), result = [];
    for (let o = 0; o < outer; o++) {
      for (const part of parts) {
        const n = part.shape[axis] * inner;
        result.push(...part.data.slice(o * n, (o + 1) * n));
      }
    }
    return made(shape, result);
  },
  gather: ([x, places], shape, axis) => {
    const own = strides(x.shape), list = dataOf(places);
    return read(x, shape, (i) => offset(i.map((k, a) => (a === axis ? list[k] : k)), own));
  },
  scatterAdd: ([x, places], shape, axis) => {
    const own = strides(shape), list = dataOf(places);
    return added(x, shape, (i) => offset(i.map((k, a) => (a === axis ? list[k] : k)), own));
  },
  iota: (_, shape, axis) => made(shape, Array.from({ length: size(shape) }, (_, i) => indices(i, shape)[axis])),
  cholesky: ([a], shape) => made(shape, matrices(a).flatMap((m) => lowerFactor(m).flat())),
  substitute: ([l, b], shape, isTransposed) => {
    const right = matrices(b);
    return made(shape, matrices(l).flatMap((m, k) => eliminated(triangle(m, isTransposed), right[k]).flat()));
  },
  solve: ([a, b], shape) => {
    const right = matrices(b);
    return made(shape, matrices(a).flatMap((m, k) => eliminated(m, right[k]).flat()));
  },
  determinant: ([a], shape) => made(shape, matrices(a).map(determinant)),
});

// The matrices of a tensor as lists of rows.
function matrices(x) {
  const [rows, columns] = x.shape.slice(-2), count = size(x.shape.slice(0, -2));
  return Array.from({ length: count }, (_, m) => Array.from({ length: rows }, (_, i) =>
    Array.from(x.data.slice((m * rows + i) * columns, (m * rows + i + 1) * columns))));
}

function lowerFactor(a) {
  const l = a.map((row) => row.map(() => 0));
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i][j];
      for (let k = 0; k < j; k++) rest -= l[i][k] * l[j][k];
      l[i][j] = i === j ? Math.sqrt(rest) : rest / l[j][j];
    }
  }
  return l;
}

const triangle = (l, isTransposed) =>
  l.map((row, i) => row.map((_, j) => (isTransposed ? (j < i ? 0 : l[j][i]) : j > i ? 0 : l[i][j])));

// Gauss with the largest pivot; calls back with each pivot.
function eliminated(a, b, pivot = () => {}) {
  const n = a.length, rows = a.map((row, i) => [...row, ...b[i]]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
    [rows[k], rows[best]] = [rows[best], rows[k]];
    pivot(best === k ? rows[k][k] : -rows[k][k]);
    for (let i = k + 1; i < n; i++) {
      const factor = rows[k][k] === 0 ? 0 : rows[i][k] / rows[k][k];
      for (let j = k; j < rows[i].length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = n; j < rows[k].length; j++) {
      for (let i = k + 1; i < n; i++) rows[k][j] -= rows[k][i] * rows[i][j];
      rows[k][j] /= rows[k][k];
    }
  }
  return rows.map((row) => row.slice(n));
}

function determinant(a) {
  let product = 1;
  eliminated(a, a.map(() => []), (pivot) => { product *= pivot; });
  return product;
}
