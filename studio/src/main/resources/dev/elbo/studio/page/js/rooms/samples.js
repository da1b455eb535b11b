import { element } from '../dom.js';
export class SamplesRoom { constructor() { this.element = element('p', {text: 'samples'}); } enter() {} }
