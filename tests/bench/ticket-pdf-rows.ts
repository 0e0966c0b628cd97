import type { BenchRow } from './row.ts'
import { benchTicketPdf } from './ticket-pdf.ts'

const MOST_BYTES = 16 * 1024

export async function ticketPdfRows(): Promise<BenchRow[]> {
  const { oursMs, pdfkitMs, ratio, bytes } = await benchTicketPdf()
  return [
    {
      name: 'one ticket PDF, warm',
      ours: `${oursMs.toFixed(1)} ms, ${(bytes / 1024).toFixed(1)} KB`,
      floor: `${pdfkitMs.toFixed(1)} ms (pdfkit)`,
      ratio,
      budget: '≤ 0.33, ≤ 16 KB',
      isWithin: ratio <= 1 / 3 && bytes <= MOST_BYTES,
    },
  ]
}
