import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

export interface Bitmap {
  readonly width: number
  readonly height: number
  /** Four bytes a pixel, rows from the top. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

export interface RasterOptions {
  /** From 0. */
  readonly page?: number
  /** 1 gives 72 pixels an inch. */
  readonly scale?: number
}

let pdfium: Promise<PDFiumLibrary> | undefined
let zxing: Promise<unknown> | undefined

/** Paints a page as a PDF viewer would (PDFium, the one inside Chrome). */
export async function rasterisePdf(bytes: Uint8Array, { page = 0, scale = 3 }: RasterOptions = {}): Promise<Bitmap> {
  return withDocument(bytes, async (document) => {
    const { data, width, height } = await document.getPage(page).render({ scale, render: 'bitmap', colorSpace: 'BGRA' })
    return { width, height, rgba: Uint8ClampedArray.from(data) }
  })
}

export async function countPdfPages(bytes: Uint8Array): Promise<number> {
  return withDocument(bytes, async (document) => document.getPageCount())
}

/** The text that a viewer would copy or search. It proves nothing about what is painted. */
export async function extractPdfText(bytes: Uint8Array, page = 0): Promise<string> {
  return withDocument(bytes, async (document) => document.getPage(page).getText())
}

/** The texts of all QR codes in the picture, as the door's scanner reads them. */
export async function decodeQr({ width, height, rgba }: Bitmap): Promise<string[]> {
  zxing ??= loadZxing()
  await zxing
  const found = await readBarcodes(
    { data: rgba, width, height, colorSpace: 'srgb' },
    { formats: ['QRCode'], tryHarder: true },
  )
  return found.filter((code) => code.isValid).map((code) => code.text)
}

async function withDocument<T>(
  bytes: Uint8Array,
  use: (document: Awaited<ReturnType<PDFiumLibrary['loadDocument']>>) => Promise<T>,
): Promise<T> {
  pdfium ??= PDFiumLibrary.init()
  const document = await (await pdfium).loadDocument(bytes)
  try {
    return await use(document)
  } finally {
    document.destroy()
  }
}

async function loadZxing(): Promise<void> {
  const file = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(file).buffer }, fireImmediately: true })
}
