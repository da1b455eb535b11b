/** The points of a map: nine bytes each, x and y as float32 and the class, 255 for none. */
const BYTES = 9;

export class Points {
  constructor(buffer) {
    const view = new DataView(buffer);
    this.count = Math.floor(buffer.byteLength / BYTES);
    this.x = new Float32Array(this.count);
    this.y = new Float32Array(this.count);
    this.labels = new Uint8Array(this.count);
    for (let i = 0; i < this.count; i++) {
      this.x[i] = view.getFloat32(i * BYTES, true);
      this.y[i] = view.getFloat32(i * BYTES + 4, true);
      this.labels[i] = view.getUint8(i * BYTES + 8);
    }
    this.bounds = this.#bounds();
    this.classes = [...new Set(this.labels)].sort((a, b) => a - b);
    this.#index();
  }

  #bounds() {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < this.count; i++) {
      left = Math.min(left, this.x[i]);
      right = Math.max(right, this.x[i]);
      low = Math.min(low, this.y[i]);
      high = Math.max(high, this.y[i]);
    }
    return this.count ? { left, right, low, high } : { left: -3, right: 3, low: -3, high: 3 };
  }

  /** Points sorted into square cells, about four in each. */
  #index() {
    const { left, right, low, high } = this.bounds;
    const area = Math.max(1e-9, (right - left) * (high - low));
    this.cell = Math.sqrt((area * 4) / Math.max(1, this.count)) || 1;
    this.across = Math.max(1, Math.ceil((right - left) / this.cell) + 1);
    this.down = Math.max(1, Math.ceil((high - low) / this.cell) + 1);
    const cells = this.across * this.down;
    this.starts = new Uint32Array(cells + 1);
    const where = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      where[i] = this.#row(this.y[i]) * this.across + this.#column(this.x[i]);
      this.starts[where[i] + 1]++;
    }
    for (let c = 0; c < cells; c++) this.starts[c + 1] += this.starts[c];
    const next = this.starts.slice();
    this.sorted = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i++) this.sorted[next[where[i]]++] = i;
  }

  #column(x) {
    return Math.max(0, Math.min(this.across - 1, Math.floor((x - this.bounds.left) / this.cell)));
  }

  #row(y) {
    return Math.max(0, Math.min(this.down - 1, Math.floor((y - this.bounds.low) / this.cell)));
  }

  /** Calls `visit` with each point in a rectangle that `shows`; stops where it gives false. */
  within({ left, right, low, high }, shows, visit) {
    for (let row = this.#row(low); row <= this.#row(high); row++) {
      for (let column = this.#column(left); column <= this.#column(right); column++) {
        const cell = row * this.across + column;
        for (let k = this.starts[cell]; k < this.starts[cell + 1]; k++) {
          const i = this.sorted[k];
          const inside = this.x[i] >= left && this.x[i] <= right && this.y[i] >= low && this.y[i] <= high;
          if (inside && shows(this.labels[i]) && visit(i) === false) return;
        }
      }
    }
  }

  /** The nearest `wanted` points as [{index, squared}], nearest first, looking no further than `reach`. */
  nearest(x, y, wanted, shows = () => true, reach = Infinity) {
    const farthest = Math.min(reach, Math.max(this.across, this.down) * this.cell * 2);
    for (let radius = Math.min(reach, this.cell * 1.5); ; radius *= 2) {
      const found = [];
      this.within({ left: x - radius, right: x + radius, low: y - radius, high: y + radius }, shows, (index) => {
        const squared = (this.x[index] - x) ** 2 + (this.y[index] - y) ** 2;
        if (squared <= radius * radius) found.push({ index, squared });
      });
      if (found.length >= wanted || radius >= farthest) {
        return found.sort((a, b) => a.squared - b.squared || a.index - b.index).slice(0, wanted);
      }
    }
  }
}
