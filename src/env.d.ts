/// <reference types="astro/client" />

declare namespace App {
  type PageLocals = import('./contracts/site.ts').PageLocals
  interface Locals extends PageLocals {}
}
