import { element } from '../dom.js';
export class MapRoom { constructor() { this.element = element('p', {text: 'map'}); } enter() {} }
