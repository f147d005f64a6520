"use strict";
// Runs the instructions of the tape. A number is a number, a tensor {shape, data} in row-major order.

const elementary = {
  add: (a, b) => a + b, subtract: (a, b) => a - b, multiply: (a, b) => a * b, divide: (a, b) => a / b,
  negate: (x) => -x,
  exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p, sqrt: Math.sqrt, pow: power,
  sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
  abs: Math.abs, floor: Math.floor, remainder: (a, b) => a % b,
  less: (a, b) => (a < b ? 1 : 0), equal: (a, b) => (a === b ? 1 : 0), select: (c, a, b) => (c !== 0 ? a : b),
  // The product of the chain rule: a 0 lets nothing through.
  chain: (a, b) => (a === 0 || b === 0 ? 0 : a * b),
};

// Those on whole tensors, in tensors.js where there are any.
const whole = {};

// 1 to any power and any number to the power 0 are 1, as the C library has it.
function power(a, b) { return a === 1 ? 1 : Math.pow(a, b); }

const size = (shape) => shape.reduce((product, extent) => product * extent, 1);
const dataOf = (x) => (typeof x === "number" ? [x] : x.data);
const shapeOf = (x) => (typeof x === "number" ? [] : x.shape);
const made = (shape, data) => (shape.length ? { shape, data } : data[0]);

// The indices of the element at a place.
function indices(place, shape) {
  const result = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    result[axis] = place % shape[axis];
    place = Math.floor(place / shape[axis]);
  }
  return result;
}

// The results of all instructions, for the elements of each input.
function evaluate(program, inputs) {
  const results = [];
  for (const [operation, operands, shape = [], ...told] of program.instructions) {
    results.push(result(program.operations[operation], operands, shape, told, results, program, inputs));
  }
  return results;
}

function result(name, operands, shape, told, results, program, inputs) {
  switch (name) {
    case "number": return made(shape, new Array(size(shape)).fill(finite(told[0])));
    case "input": return made(shape, inputs[told[0]]);
    case "constant": return made(shape, program.constants[told[0]].map(finite));
    case "indices": return made(shape, program.indices[told[0]]);
  }
  const x = operands.map((place) => results[place]);
  if (whole[name]) return whole[name](x, shape, ...told);
  const f = elementary[name];
  if (!shape.length) return f(...x);
  return { shape, data: Array.from(x[0].data, (_, i) => f(...x.map((operand) => operand.data[i]))) };
}

// JSON has no word for these.
const finite = (x) => ({ nan: NaN, inf: Infinity, "-inf": -Infinity })[x] ?? x;
