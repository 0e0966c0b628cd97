import { expect, test } from '#tests/support/browser.ts'
import { demoEvent, openDoor, typeCode } from '#tests/support/walks.ts'

test('a phone whose browser refuses all storage scans all the same', async ({ page, info }) => {
  await page.addInitScript(() => {
    for (const storage of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, storage, {
        get: () => {
          throw new DOMException('denied for this document', 'SecurityError')
        },
      })
  })
  await openDoor(page, info, demoEvent(info, 'on_sale').id, 'North gate')
  for (const code of ['NOT A TICKET', 'NOR IS THIS']) {
    await typeCode(page, code)
    await expect(page.locator('.door-word')).toHaveText('Unknown')
  }
})
