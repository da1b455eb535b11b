/** What lies over the points: pictures, names of classes, ellipse, line, lasso, cursor. */
import { classColour } from '../colours.js';
import { chartFont } from '../surface.js';
import { token } from '../theme.js';
import { ellipseOf } from './projection.js';

const NAMES_UP_TO = 6;

/** Draws `scene` as the camera sees it. */
export function paintOverlay(context, camera, scene) {
  context.clearRect(0, 0, camera.width, camera.height);
  if (scene.pictures.length) paintPictures(context, camera, scene);
  else if (camera.zoom < NAMES_UP_TO) paintNames(context, camera, scene);
  if (scene.lasso?.length) paintPath(context, camera, scene.lasso, true);
  if (scene.line?.length) paintPath(context, camera, scene.line, false);
  if (scene.chosen) paintChosen(context, camera, scene.chosen);
  if (scene.hovered !== null) ring(context, ...camera.toScreen(scene.points.x[scene.hovered], scene.points.y[scene.hovered]), 8);
  if (scene.cursor) paintCursor(context, ...camera.toScreen(...scene.cursor));
}

function paintPictures(context, camera, { points, pictures, thumbnails }) {
  const side = Math.max(18, Math.min(56, Math.sqrt((camera.width * camera.height) / pictures.length) * 0.42));
  context.imageSmoothingEnabled = false;
  for (const i of pictures) {
    const picture = thumbnails.of(i);
    if (!picture) continue;
    const [x, y] = camera.toScreen(points.x[i], points.y[i]);
    context.fillStyle = classColour(points.labels[i]);
    context.fillRect(x - side / 2 - 2, y - side / 2 - 2, side + 4, side + 4);
    context.drawImage(picture, x - side / 2, y - side / 2, side, side);
  }
}

/** The name of each class where its points are densest, so that colour is not all that tells them. */
function paintNames(context, camera, { names, shows }) {
  const root = chartFont(context);
  context.font = `650 ${root * 1.05}px ${token('--face')}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  for (const { text, label, x, y } of names) {
    if (!shows(label)) continue;
    const [atX, atY] = camera.toScreen(x, y);
    context.strokeStyle = token('--surface');
    context.lineWidth = 5;
    context.strokeText(text, atX, atY);
    context.fillStyle = token('--ink');
    context.fillText(text, atX, atY);
  }
}

function paintPath(context, camera, places, closed) {
  context.beginPath();
  places.forEach((place) => context.lineTo(...camera.toScreen(...place)));
  if (closed) {
    context.closePath();
    context.globalAlpha = 0.12;
    context.fillStyle = token('--accent');
    context.fill();
    context.globalAlpha = 1;
  }
  twice(context, () => context.stroke());
  if (!closed) places.forEach((place) => ring(context, ...camera.toScreen(...place), 6));
}

/** The posterior's 1σ ellipse, a cross at its mean. */
function paintChosen(context, camera, { place, covariance }) {
  const [x, y] = camera.toScreen(...place);
  if (covariance) {
    const { major, minor, angle } = ellipseOf(covariance);
    context.beginPath();
    context.ellipse(x, y, Math.max(3, major * camera.scale), Math.max(3, minor * camera.scale), -angle, 0, 2 * Math.PI);
    context.globalAlpha = 0.18;
    context.fillStyle = token('--accent');
    context.fill();
    context.globalAlpha = 1;
    twice(context, () => context.stroke());
  }
  paintCursor(context, x, y, 5);
}

function ring(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  twice(context, () => context.stroke());
}

function paintCursor(context, x, y, reach = 11) {
  context.beginPath();
  context.moveTo(x - reach, y);
  context.lineTo(x + reach, y);
  context.moveTo(x, y - reach);
  context.lineTo(x, y + reach);
  twice(context, () => context.stroke());
}

/** Dark over light or light over dark: seen on any ground. */
function twice(context, stroke) {
  context.strokeStyle = token('--surface');
  context.lineWidth = 5;
  stroke();
  context.strokeStyle = token('--ink');
  context.lineWidth = 2;
  stroke();
}
