/**
 * Colours of classes. Each set was searched for the largest distance between any two as seen with normal sight,
 * protanopia, deuteranopia and tritanopia (Machado et al. 2009, distances in OKLab), at a contrast of 3:1 to the
 * map's ground.
 */
import { theme } from './theme.js';

export const LIGHT = ['#d603ff', '#490057', '#6f4600', '#0000a9', '#fe3f09', '#a078bc', '#129a65', '#a51d70', '#082e00', '#2c5daf'];
export const DARK = ['#2474b0', '#f87110', '#11eca2', '#cf037e', '#9153fe', '#9a5e01', '#c0ceff', '#75a782', '#e27de4', '#ecc20e'];
/** Of a point on the map: the contrast holds at this. */
export const POINT_OPACITY = 1;
const NO_CLASS = { light: '#6b6f76', dark: '#a0a4ac' };

/** The colour of a class for the present theme; classes beyond the tenth begin anew. */
export function classColour(label) {
  if (label === 255) return NO_CLASS[theme()];
  const colours = theme() === 'dark' ? DARK : LIGHT;
  return colours[label % colours.length];
}

/** Red, green and blue between 0 and 1. */
export function components(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
}
