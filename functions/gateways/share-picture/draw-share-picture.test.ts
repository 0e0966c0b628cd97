import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { SharePrint } from '../../usecases/share-print.ts'
import { drawSharePicture } from './draw-share-picture.ts'

const print: SharePrint = {
  name: 'Seis cuerdas en el molino',
  organiserName: 'Almazara Cultural',
  accent: '#14663a',
  startsAt: '2027-03-14T19:30:00.000Z',
  endsAt: '2027-03-14T22:00:00.000Z',
  timeZone: 'Europe/Madrid',
  venueName: 'Molino de la Alfalfa',
  city: 'Sevilla',
  isCancelled: false,
  language: 'en',
  picture: null,
}
const arabic = { name: 'ليلة العود: أنغام من الأندلس', organiserName: 'بيت الفنون' }
const japanese = { name: '金継ぎ入門', organiserName: '星空工房', venueName: '町家アトリエ', timeZone: 'Asia/Tokyo' }
const long = { name: 'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(3).trim(), city: 'Llanfairpwll'.repeat(6) }

/** Whether anything was written on the accent within this rectangle. */
async function isWritten(picture: Uint8Array, left: number, width: number, top = 40, height = 540): Promise<boolean> {
  const { channels } = await sharp(await sharp(picture).extract({ left, top, width, height }).toBuffer()).stats()
  return channels.some(({ stdev }) => stdev > 3)
}

test.each<[string, Partial<SharePrint>]>([
  ['Latin', {}],
  ['Arabic', arabic],
  ['Japanese', japanese],
  ['a very long name', long],
  ['a cancelled event', { isCancelled: true }],
  ['a cancelled event in Arabic', { ...arabic, isCancelled: true, language: 'ar' }],
  ['a cancelled event in Japanese', { ...japanese, isCancelled: true, language: 'ja' }],
  ['letters that the display face lacks', { name: 'Łódź čeká' }],
])('%s: 1200 × 630, words in their column and nowhere else', async (_, changes) => {
  const picture = await drawSharePicture({ ...print, ...changes }, null)
  const { format, width, height, exif } = await sharp(picture).metadata()
  expect([format, width, height, exif]).toEqual(['jpeg', 1200, 630, undefined])
  expect(picture.length).toBeLessThan(300_000)
  expect(await isWritten(picture, 64, 600)).toBe(true)
  expect(await isWritten(picture, 0, 58)).toBe(false)
  expect(await isWritten(picture, 672, 34)).toBe(false)
})

test('a name that is read from the right ends at the right, and so does all beside it', async () => {
  const [latin, fromRight] = [
    await drawSharePicture(print, null),
    await drawSharePicture({ ...print, ...arabic }, null),
  ]
  expect([await isWritten(latin, 64, 60, 100, 200), await isWritten(fromRight, 64, 60, 100, 200)]).toEqual([
    true,
    false,
  ])
  expect(await isWritten(fromRight, 604, 60, 480, 100)).toBe(true)
})

test('the poster is cut around its focal point', async () => {
  const raw = { width: 1600, height: 800, channels: 3 } as const
  const pixels = Buffer.alloc(1600 * 800 * 3, 255)
  for (let at = 0; at < pixels.length; at += 3) if ((at / 3) % 1600 < 500) pixels.set([200, 0, 0], at)
  const poster = await sharp(pixels, { raw }).jpeg().toBuffer()
  const middleOf = async (x: number) => {
    const picture = { base: '/media/x', widths: [1600], focus: { x, y: 50 } }
    const drawn = await drawSharePicture({ ...print, picture }, poster)
    const [red = 0, green = 0] = await sharp(drawn)
      .extract({ left: 960, top: 300, width: 1, height: 1 })
      .raw()
      .toBuffer()
    return red - green > 100 ? 'red' : 'white'
  }
  expect([await middleOf(10), await middleOf(90)]).toEqual(['red', 'white'])
})

test('the same print makes the same bytes', async () => {
  expect(await drawSharePicture(print, null)).toEqual(await drawSharePicture(print, null))
})
