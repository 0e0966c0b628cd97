/// <reference types="astro/client" />

declare namespace App {
  type SiteLocals = import('./contracts/site.ts').SiteLocals
  interface Locals extends SiteLocals {}
}

declare module '@alpinejs/csp/dist/module.esm.min.js' {
  export { default } from 'alpinejs'
}
