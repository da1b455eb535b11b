import { element } from '../dom.js';
export class DialsRoom { constructor() { this.element = element('p', {text: 'dials'}); } enter() {} }
