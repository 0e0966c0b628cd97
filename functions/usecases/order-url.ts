import { type Language, pathIn, siteLanguage } from '#domain/languages.ts'

/**
 * Where a buyer sees his order. The key stands in the fragment: browsers keep it out of requests, and so out of logs and referrers.
 *
 * @param siteUrl origin without a slash at the end
 */
export const orderUrls =
  (siteUrl: string, orderKey: (orderId: string) => string) =>
  (orderId: string, from?: 'payment' | 'success', language: Language = siteLanguage): string =>
    `${siteUrl}${pathIn(language, '/order/')}${from ? `?from=${from}` : ''}#id=${orderId}&key=${orderKey(orderId)}`
