import Alpine from './small-alpine.ts'
import { ticketPicker } from './ticket-picker.ts'

export function sellTickets(): void {
  Alpine.data('ticketPicker', ticketPicker)
  Alpine.start()
}
