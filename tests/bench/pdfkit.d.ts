declare module 'pdfkit' {
  import type { Readable } from 'node:stream'

  /** The part of pdfkit that the ticket comparison draws with. */
  export default class PDFDocument extends Readable {
    constructor(options: { size: [number, number]; margin: number; info?: Record<string, string> })
    font(source: Uint8Array): this
    fontSize(size: number): this
    fillColor(colour: string): this
    text(text: string, x: number, y: number, options?: { width?: number; height?: number; lineBreak?: boolean }): this
    rect(x: number, y: number, width: number, height: number): this
    fill(colour?: string): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    dash(length: number, options?: { space: number }): this
    stroke(colour?: string): this
    end(): void
  }
}
