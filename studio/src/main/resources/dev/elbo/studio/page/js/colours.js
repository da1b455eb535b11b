/**
 * Colours of classes. Each set was searched for the largest distance between any two as seen with normal sight,
 * protanopia, deuteranopia and tritanopia (Machado et al. 2009, distances in OKLab), at a contrast to the ground.
 */
import { theme } from './theme.js';

export const LIGHT = ['#1b3ad6', '#f98201', '#46bd88', '#de1584', '#c35afe', '#926a03', '#a3a5e1', '#0680b3', '#840d80', '#0e552d'];
export const DARK = ['#2474b0', '#f87110', '#11eca2', '#cf037e', '#9153fe', '#9a5e01', '#c0ceff', '#75a782', '#e27de4', '#ecc20e'];
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
