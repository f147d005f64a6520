// Functions that Math lacks, each to about fifteen digits.

function erf(x) {
  const a = Math.abs(x);
  if (!(a < 2.5)) return Math.sign(x) * (1 - erfc(a));
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= -x * x / n;
    sum += term / (2 * n + 1);
  }
  return sum * 2 / Math.sqrt(Math.PI);
}

function erfc(x) {
  if (!(x >= 2.5)) return 1 - erf(x);
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
}

// B₂ₖ, for the asymptotic series of log Γ and its derivatives.
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798];

function lgamma(x) {
  if (x <= 0) {
    if (Number.isInteger(x)) return Infinity;
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  }
  if (x === 1 || x === 2) return 0;
  if (x === Infinity) return x;
  let shift = 0;
  for (; x < 10; x++) shift += Math.log(x);
  let sum = (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);
  bernoulli.forEach((b, k) => { sum += b / ((2 * k + 2) * (2 * k + 1) * x ** (2 * k + 1)); });
  return sum - shift;
}

// The derivative of order n + 1 of log Γ. Below 0 only the first two are reflected.
function polygamma(n, x) {
  if (x <= 0) {
    if (Number.isInteger(x)) return n % 2 ? Infinity : NaN;
    const [s, c] = [Math.sin(Math.PI * x), Math.cos(Math.PI * x)];
    if (n === 0) return polygamma(0, 1 - x) - Math.PI * c / s;
    if (n === 1) return (Math.PI / s) ** 2 - polygamma(1, 1 - x);
    let shift = 0;
    for (; x < 0; x++) shift += factorial(n) / x ** (n + 1);
    return polygamma(n, x) + (n % 2 ? shift : -shift);
  }
  let sum = 0;
  const sign = n % 2 ? 1 : -1;
  for (; x < 15 + n; x++) sum += n === 0 ? -1 / x : sign * factorial(n) / x ** (n + 1);
  if (n === 0) {
    sum += Math.log(x) - 0.5 / x;
    bernoulli.forEach((b, k) => { sum -= b / ((2 * k + 2) * x ** (2 * k + 2)); });
    return sum;
  }
  sum += sign * (factorial(n - 1) / x ** n + factorial(n) / (2 * x ** (n + 1)));
  bernoulli.forEach((b, k) => {
    const m = 2 * k + 2;
    sum += sign * b * factorial(m + n - 1) / factorial(m) / x ** (m + n);
  });
  return sum;
}

function factorial(n) {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}

Object.assign(elementary, { erf, erfc, lgamma, polygamma });
