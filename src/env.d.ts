/// <reference types="astro/client" />

declare namespace App {
  type PageLocals = import('./contracts/site.ts').PageLocals
  interface Locals extends PageLocals {}
}

declare module '@alpinejs/csp/dist/module.esm.min.js' {
  export { default } from 'alpinejs'
}
