import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Something with contours, so that encoders have work and attention a point: a red disc at the right on a pale ground. */
export const drawing = (width = 1800, height = 1200) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#dfe8ef"/><circle cx="${width * 0.8}" cy="${height * 0.3}" r="${Math.min(width, height) * 0.12}" fill="#d01030"/></svg>`,
    ),
  )

const jpeg = (width?: number, height?: number) => drawing(width, height).jpeg({ quality: 70 }).toBuffer()

/** The end of an archive's directory, which is all that an unzipper looks for. */
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A PNG of one grey whose bytes are next to nothing, whatever its size. */
export function flatPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function animatedWebp(): Promise<Buffer> {
  const frames = Array.from({ length: 12 }, (_, at) => Buffer.alloc(600 * 400 * 3, at * 20))
  const raw = { width: 600, height: 400 * frames.length, channels: 3, pageHeight: 400 } as const
  return sharp(Buffer.concat(frames), { raw }).webp({ loop: 0 }).toBuffer()
}

async function commented(comment: string): Promise<Buffer> {
  const whole = await jpeg()
  const text = Buffer.from(comment)
  const marker = Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 255])
  return Buffer.concat([whole.subarray(0, 2), marker, text, whole.subarray(2)])
}

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>alert(1)</script></svg>'

/** Files that somebody could send instead of a picture, and why each is refused. */
export const hostileFiles: readonly { name: string; reason: string; type: string; make: () => Promise<Uint8Array> }[] =
  [
    {
      name: 'a JPEG that is a page, too',
      reason: 'not_only_a_picture',
      type: 'image/jpeg',
      make: () => commented('*/--><html><script>alert(document.domain)</script>'),
    },
    {
      name: 'a JPEG that is an archive, too',
      reason: 'not_only_a_picture',
      type: 'image/jpeg',
      make: async () => Buffer.concat([await jpeg(), emptyZip]),
    },
    {
      name: 'an SVG with a script',
      reason: 'wrong_type',
      type: 'image/png',
      make: async () => Buffer.from(svg),
    },
    { name: 'a page', reason: 'wrong_type', type: 'image/webp', make: async () => Buffer.from('<!doctype html><p>Hi') },
    { name: 'a GIF', reason: 'wrong_type', type: 'image/png', make: async () => gif },
    {
      name: 'an animated WebP',
      reason: 'animated',
      type: 'image/webp',
      make: animatedWebp,
    },
    {
      name: 'a bomb: 100 million pixels in 13 KB',
      reason: 'too_many_pixels',
      type: 'image/png',
      make: async () => flatPng(10_000, 10_000),
    },
    {
      name: 'one pixel by 60,000',
      reason: 'too_long',
      type: 'image/png',
      make: async () => flatPng(1, 60_000),
    },
    {
      name: 'a picture that is cut short',
      reason: 'broken',
      type: 'image/jpeg',
      make: async () => {
        const whole = await jpeg()
        return whole.subarray(0, whole.length / 2)
      },
    },
    {
      name: 'a PNG that is cut short',
      reason: 'broken',
      type: 'image/png',
      make: async () => {
        const whole = await drawing().png().toBuffer()
        return whole.subarray(0, whole.length / 2)
      },
    },
    {
      name: 'the first bytes of a JPEG and then noise',
      reason: 'broken',
      type: 'image/jpeg',
      make: async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4000, 7)]),
    },
    { name: 'a stamp', reason: 'too_small', type: 'image/jpeg', make: () => jpeg(300, 200) },
  ]

/** As a phone takes it upside down, with the place where it was taken. */
export const photoWithSecrets = (): Promise<Buffer> =>
  drawing(1800, 1200)
    .keepIccProfile()
    .withExif({ IFD0: { Copyright: 'A secret' }, IFD3: { GPSLatitude: '37/1 23/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
