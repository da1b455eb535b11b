/**
 * Colours of classes. Each set was searched for the largest distance between any two as seen with normal sight,
 * protanopia, deuteranopia and tritanopia (Machado et al. 2009, distances in OKLab), at a contrast to the ground.
 */
import { theme } from './theme.js';

export const LIGHT = ['#7e7a0a', '#5cb603', '#db93a4', '#3b5100', '#1735d4', '#5e72fa', '#924b6a', '#722686', '#ae98ff', '#c062ac'];
export const DARK = ['#785dad', '#4ab98b', '#177c5d', '#29e9be', '#2d6dff', '#a4b8ff', '#f8cb1b', '#e10202', '#fd7e1d', '#8f8bca'];
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
