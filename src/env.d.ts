/// <reference types="astro/client" />

declare namespace App {
  type SiteLocals = import('./contracts/site.ts').SiteLocals
  interface Locals extends SiteLocals {}
}
