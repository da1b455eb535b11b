import { element } from '../dom.js';
export class TrainRoom { constructor() { this.element = element('p', {text: 'train'}); } enter() {} }
