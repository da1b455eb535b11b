/** Points drawn by WebGL2, one call for all of them. */
import { classColour, components } from '../colours.js';

const VERTEX = `#version 300 es
in vec2 place;
in uint label;
uniform vec2 centre;
uniform vec2 reach;
uniform float size;
uniform vec4 colours[256];
out vec4 colour;
void main() {
  colour = colours[label];
  gl_Position = colour.a > 0.0 ? vec4((place - centre) / reach, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = size;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec4 colour;
uniform float size;
out vec4 pixel;
void main() {
  float inside = 0.5 * size - length(gl_PointCoord - 0.5) * size;
  float alpha = colour.a * clamp(inside + 0.5, 0.0, 1.0);
  pixel = vec4(colour.rgb * alpha, alpha);
}`;

export class WebGlPoints {
  /** Null where there is no WebGL2, or none that compiles these shaders. */
  static on(canvas) {
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, premultipliedAlpha: true });
    try {
      return gl ? new WebGlPoints(gl) : null;
    } catch {
      return null;
    }
  }

  constructor(gl) {
    this.gl = gl;
    this.program = program(gl);
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.places = gl.createBuffer();
    this.labels = gl.createBuffer();
    this.at = Object.fromEntries(['centre', 'reach', 'size', 'colours'].map((name) => [name, gl.getUniformLocation(this.program, name)]));
  }

  setPoints(points) {
    const { gl } = this;
    const places = new Float32Array(points.count * 2);
    for (let i = 0; i < points.count; i++) {
      places[2 * i] = points.x[i];
      places[2 * i + 1] = points.y[i];
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, places, gl.STATIC_DRAW);
    const place = gl.getAttribLocation(this.program, 'place');
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.labels);
    gl.bufferData(gl.ARRAY_BUFFER, points.labels, gl.STATIC_DRAW);
    const label = gl.getAttribLocation(this.program, 'label');
    gl.enableVertexAttribArray(label);
    gl.vertexAttribIPointer(label, 1, gl.UNSIGNED_BYTE, 0, 0);
    this.count = points.count;
  }

  /** @param shows whether a class is drawn */
  draw(camera, shows, opacity) {
    const { gl } = this;
    const colours = new Float32Array(256 * 4);
    for (let label = 0; label < 256; label++) {
      if (shows(label)) colours.set([...components(classColour(label)), opacity], label * 4);
    }
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform4fv(this.at.colours, colours);
    gl.uniform2f(this.at.centre, camera.x, camera.y);
    gl.uniform2f(this.at.reach, camera.width / 2 / camera.scale, camera.height / 2 / camera.scale);
    gl.uniform1f(this.at.size, 2 * camera.pointRadius(this.count) * devicePixelRatio);
    gl.drawArrays(gl.POINTS, 0, this.count);
  }
}

function program(gl) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? 'the shaders do not link');
  return made;
}
