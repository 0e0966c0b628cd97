/**
 * Where a buyer sees his order. The key stands in the fragment: browsers keep it out of requests, and so out of logs and referrers.
 *
 * @param siteUrl origin without a slash at the end
 */
export const orderUrls =
  (siteUrl: string, orderKey: (orderId: string) => string) =>
  (orderId: string, from?: 'payment' | 'success'): string =>
    `${siteUrl}/order/${from ? `?from=${from}` : ''}#id=${orderId}&key=${orderKey(orderId)}`
