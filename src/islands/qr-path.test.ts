import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodeQr } from '#tests/support/pdf.ts'
import { drawQr } from './qr-path.ts'

/** As long as a ticket's code is: 80 bytes in base45. */
const code =
  'NCFOXN%TS3DH0YOJ58S S-W5HDC *M0IIE-5%:G4A7 F86F7O4R%5NSSG:RK6G$8PQR24-9DF9BSA0KLNHMP6BFOXN%TS3DH0YOJ58S S-W5HDC *M0IIE$%'

test('a scanner reads from the drawing exactly what the ticket holds', async () => {
  const { size, path } = drawQr(code)
  const side = size * 6
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const bitmap = { width: info.width, height: info.height, rgba: Uint8ClampedArray.from(data) }
  expect(await decodeQr(bitmap)).toEqual([code])
})

test('a ticket fits version 5 with the quiet zone around it', () => {
  expect(code).toHaveLength(120)
  expect(drawQr(code).size).toBe(37 + 8)
})
