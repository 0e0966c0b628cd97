import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawing, hostileFiles, photoWithSecrets } from '#tests/support/pictures.ts'
import { encodePicture } from './encode-picture.ts'

test.each(hostileFiles)('$name is refused: $reason', async ({ make, reason }) => {
  expect(await encodePicture(await make(), 'event')).toEqual({ ok: false, refusal: { code: reason } })
})

test('nothing is refused as empty', async () => {
  expect(await encodePicture(new Uint8Array(), 'event')).toEqual({ ok: false, refusal: { code: 'empty' } })
})

test('a photo becomes upright files of pixels alone, three a width', async () => {
  const photo = await photoWithSecrets()
  expect(photo.toString('latin1')).toContain('A secret')
  const encoded = await encodePicture(photo, 'event')
  if (!encoded.ok) throw new Error(encoded.refusal.code)
  const { files, widths, aspectRatio, colour, focus } = encoded.value
  expect(widths).toEqual([320, 480, 960, 1200])
  expect(aspectRatio).toBeCloseTo(1200 / 1800)
  expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  // The disc was at the right and above; turned by a quarter it is below and at the right.
  expect(focus.y).toBeGreaterThan(55)
  expect(files.map(({ ending }) => ending)).toEqual(
    widths.flatMap((width) => [`${width}.avif`, `${width}.webp`, `${width}.jpg`]),
  )
  for (const { ending, contentType, body } of files) {
    const { exif, icc, xmp, orientation, width, height, format, compression } = await sharp(body).metadata()
    expect([ending, exif, icc, xmp, orientation]).toEqual([ending, undefined, undefined, undefined, undefined])
    expect(`${width}.${{ heif: 'avif', webp: 'webp', jpeg: 'jpg' }[format as string]}`).toBe(ending)
    expect(compression ?? 'none').toBe(format === 'heif' ? 'av1' : 'none')
    expect(Math.abs(height - width / aspectRatio)).toBeLessThan(1)
    expect(contentType).toBe(`image/${format === 'heif' ? 'avif' : format}`)
    expect(Buffer.from(body).toString('latin1')).not.toContain('A secret')
  }
})

test('a logo keeps its transparency where the format can, and is white below it where not', async () => {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><circle cx="200" cy="100" r="60"/></svg>`
  const encoded = await encodePicture(await sharp(Buffer.from(drawn)).png().toBuffer(), 'logo')
  if (!encoded.ok) throw new Error(encoded.refusal.code)
  expect(encoded.value.widths).toEqual([96, 192, 384, 400])
  const cornerOf = async (ending: string) => {
    const body = encoded.value.files.find((file) => file.ending === ending)?.body
    return [...(await sharp(body).raw().toBuffer())].slice(0, 4)
  }
  expect((await cornerOf('192.webp'))[3]).toBe(0)
  expect((await cornerOf('192.avif'))[3]).toBe(0)
  expect((await cornerOf('192.jpg')).slice(0, 3)).toEqual([255, 255, 255])
})

test('all four formats are read, from wide gamuts and sixteen bits, too', async () => {
  const readers = [
    drawing(500, 300).jpeg(),
    drawing(500, 300).toColourspace('cmyk').jpeg(),
    drawing(500, 300).toColourspace('rgb16').png(),
    drawing(500, 300).withIccProfile('p3').png(),
    drawing(500, 300).webp(),
    drawing(500, 300).avif({ effort: 0 }),
    drawing(500, 300).greyscale().png(),
  ]
  for (const reader of readers) {
    const encoded = await encodePicture(await reader.toBuffer(), 'event')
    expect(encoded.ok ? encoded.value.widths : encoded.refusal.code).toEqual([320, 480, 500])
  }
})
