import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import QRCode from 'qrcode'
import { expect, test } from '#tests/support/browser.ts'
import { findChromium } from '#tests/support/chromium.ts'
import { decodeQr, rasterisePdf } from '#tests/support/pdf.ts'
import {
  demoEvent,
  downloadPdf,
  expectTickets,
  openDoor,
  orderTickets,
  payByCard,
  someAddress,
} from '#tests/support/walks.ts'

test('the camera reads a ticket held before it', async ({ page, info, baseURL }) => {
  test.slow()
  const event = demoEvent(info, 'on_sale')
  await page.goto(event.path)
  await orderTickets(page, { Gallery: 1 }, { name: 'Kim Linse', email: someAddress('kim') })
  await payByCard(page)
  await expectTickets(page, 1)
  const [code = ''] = await decodeQr(await rasterisePdf(await downloadPdf(page)))

  const folder = await mkdtemp(join(tmpdir(), 'marquee-camera-'))
  const film = join(folder, 'ticket.y4m')
  await writeFile(film, filmOf(code))
  const { executablePath, env } = await findChromium()
  const args = [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]
  const browser = await chromium.launch({ executablePath, env, args })
  try {
    const door = await browser.newPage({ ...(baseURL ? { baseURL } : {}) })
    await openDoor(door, info, event.id, 'Camera gate')
    await expect(door.locator('.door-word')).toHaveText(/dmitted/, { timeout: 30_000 })
    await expect(door.locator('.door-who')).toContainText('Kim Linse')
    await expect(door.getByText('1 admitted here')).toBeVisible()
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
})

/** A film of one picture, 640 × 480, in the format that Chromium's fake camera plays: the code in black on grey. */
function filmOf(code: string): Buffer {
  const [width, height, scale, left, top] = [640, 480, 8, 120, 60]
  const { modules } = QRCode.create([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' })
  const picture = Buffer.alloc(width * height, 200)
  for (let row = 0; row < modules.size * scale; row++) {
    for (let column = 0; column < modules.size * scale; column++) {
      const isDark = modules.get(Math.floor(row / scale), Math.floor(column / scale))
      picture[(top + row) * width + left + column] = isDark ? 20 : 235
    }
  }
  const colourless = Buffer.alloc((width * height) / 2, 128)
  const frames = Array.from({ length: 5 }, () => [Buffer.from('FRAME\n'), picture, colourless]).flat()
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip A1:1 C420\n`), ...frames])
}
