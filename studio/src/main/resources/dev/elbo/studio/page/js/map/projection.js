/** From a place on the map to a code and back: exact on a plane, by neighbours on a t-SNE. */

/** PCA, or the latent space itself: z = centre + x·axis₁ + y·axis₂. */
export class Plane {
  constructor({ axes, centre }) {
    this.axes = axes;
    this.centre = centre;
  }

  toCode(x, y) {
    return Float32Array.from(this.centre, (value, d) => value + x * this.axes[0][d] + y * this.axes[1][d]);
  }

  place(code) {
    return this.axes.map((axis) => axis.reduce((sum, weight, d) => sum + weight * (code[d] - this.centre[d]), 0));
  }

  /** Centre and covariance [xx, xy, yy] of N(mean, σ²) seen on the plane. */
  spread(mean, logVariance) {
    const [a, b] = this.axes;
    const covariance = [0, 0, 0];
    for (let d = 0; d < mean.length; d++) {
      const variance = Math.exp(logVariance[d]);
      covariance[0] += a[d] * a[d] * variance;
      covariance[1] += a[d] * b[d] * variance;
      covariance[2] += b[d] * b[d] * variance;
    }
    return { place: this.place(mean), covariance };
  }
}

const MAP_NEIGHBOURS = 6;
const CODE_NEIGHBOURS = 5;
const DRAWS = 24;

/** t-SNE has no inverse: a place's code is the mean of its neighbours' codes, nearer ones weighing more. */
export class Neighbours {
  constructor(points, codes, latentSize) {
    this.points = points;
    this.codes = codes;
    this.latentSize = latentSize;
  }

  toCode(x, y) {
    const near = this.points.nearest(x, y, MAP_NEIGHBOURS);
    const weights = weightsOf(near.map((each) => each.squared));
    const code = new Float32Array(this.latentSize);
    near.forEach(({ index }, k) => {
      for (let d = 0; d < this.latentSize; d++) code[d] += weights[k] * this.codes[index * this.latentSize + d];
    });
    return code;
  }

  place(code) {
    const best = [];
    for (let i = 0; i < this.points.count; i++) {
      let squared = 0;
      const most = best.length < CODE_NEIGHBOURS ? Infinity : best[best.length - 1].squared;
      for (let d = 0; d < this.latentSize && squared < most; d++) squared += (code[d] - this.codes[i * this.latentSize + d]) ** 2;
      if (squared < most) {
        best.push({ index: i, squared });
        best.sort((a, b) => a.squared - b.squared);
        best.length = Math.min(best.length, CODE_NEIGHBOURS);
      }
    }
    const weights = weightsOf(best.map((each) => each.squared));
    return [this.points.x, this.points.y].map((axis) => best.reduce((sum, { index }, k) => sum + weights[k] * axis[index], 0));
  }

  /** As on the plane, from draws of the posterior, each placed among its neighbours. */
  spread(mean, logVariance) {
    const normal = normals();
    const places = Array.from({ length: DRAWS }, () =>
      this.place(Float32Array.from(mean, (value, d) => value + Math.exp(logVariance[d] / 2) * normal())));
    const place = this.place(mean);
    const moment = (p, q) => places.reduce((sum, at) => sum + (at[p] - place[p]) * (at[q] - place[q]), 0) / DRAWS;
    return { place, covariance: [moment(0, 0), moment(0, 1), moment(1, 1)] };
  }
}

/** Inverse squares, softened so that a neighbour hit exactly does not blot out the others at once. */
function weightsOf(squares) {
  const soft = (squares[squares.length - 1] ?? 1) * 0.1 + 1e-12;
  const raw = squares.map((squared) => 1 / (squared + soft));
  const sum = raw.reduce((all, weight) => all + weight, 0);
  return raw.map((weight) => weight / sum);
}

/** Standard normals, the same ones each time (a linear congruential generator, Box and Muller). */
function normals() {
  let state = 20261128;
  const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 0.5) / 4294967296;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Half axes and angle of the 1σ ellipse of a covariance [xx, xy, yy]. */
export function ellipseOf([xx, xy, yy]) {
  const middle = (xx + yy) / 2;
  const reach = Math.hypot((xx - yy) / 2, xy);
  return { major: Math.sqrt(middle + reach), minor: Math.sqrt(Math.max(0, middle - reach)), angle: Math.atan2(2 * xy, xx - yy) / 2 };
}
