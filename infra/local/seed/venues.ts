import type { Venue } from '#domain/catalog.ts'
import { citySlugOf } from '#domain/slugs.ts'

export interface DemoVenue extends Venue {
  readonly timeZone: string
  readonly currency: string
}

type Place = Pick<DemoVenue, 'city' | 'country' | 'timeZone' | 'currency'>

const seville: Place = { city: 'Sevilla', country: 'ES', timeZone: 'Europe/Madrid', currency: 'EUR' }
const granada: Place = { ...seville, city: 'Granada' }
const lisbon: Place = { city: 'Lisboa', country: 'PT', timeZone: 'Europe/Lisbon', currency: 'EUR' }
const bristol: Place = { city: 'Bristol', country: 'GB', timeZone: 'Europe/London', currency: 'GBP' }
const edinburgh: Place = { ...bristol, city: 'Edinburgh' }
const zurich: Place = { city: 'Zürich', country: 'CH', timeZone: 'Europe/Zurich', currency: 'CHF' }
const newYork: Place = { city: 'New York', country: 'US', timeZone: 'America/New_York', currency: 'USD' }
const chicago: Place = { city: 'Chicago', country: 'US', timeZone: 'America/Chicago', currency: 'USD' }
const sanFrancisco: Place = { city: 'San Francisco', country: 'US', timeZone: 'America/Los_Angeles', currency: 'USD' }
const kyoto: Place = { city: 'Kyōto', country: 'JP', timeZone: 'Asia/Tokyo', currency: 'JPY' }
const tokyo: Place = { ...kyoto, city: 'Tōkyō' }

function venue(
  place: Place,
  name: string,
  street: string,
  postalCode: string,
  at: readonly [number, number],
): DemoVenue {
  return { ...place, name, street, postalCode, citySlug: citySlugOf(place.city), latitude: at[0], longitude: at[1] }
}

export const demoVenues = {
  molino: venue(seville, 'Molino de la Alfalfa', 'Calle Águilas 23', '41003', [37.3899, -5.9883]),
  patio: venue(seville, 'Patio de San Telmo', 'Calle Betis 58', '41010', [37.3835, -6.0005]),
  naves: venue(seville, 'Naves del Prado', 'Avenida de Portugal 4', '41004', [37.3809, -5.9847]),
  carmen: venue(granada, 'Carmen de los Cipreses', 'Cuesta del Chapiz 14', '18010', [37.1812, -3.5879]),
  teatroRio: venue(lisbon, 'Teatro do Rio', 'Rua da Boavista 81', '1200-066', [38.7084, -9.1497]),
  lanternRoom: venue(bristol, 'The Lantern Room', '14 Old Market Street', 'BS2 0EJ', [51.4557, -2.5815]),
  dockShed: venue(bristol, 'Dock Shed No. 3', 'Wapping Wharf, Museum Street', 'BS1 4RN', [51.4478, -2.5985]),
  closeRoom: venue(edinburgh, 'The Close Room', '6 Blair Street', 'EH1 1QR', [55.9493, -3.1878]),
  rotunda: venue(zurich, 'Rotunde am Letten', 'Wasserwerkstrasse 101', '8037', [47.3859, 8.5354]),
  pier: venue(newYork, 'Tidewater Pier', '29 Furman Street', 'NY 11201', [40.7002, -73.9982]),
  boiler: venue(newYork, 'The Boiler Hall', '191 North 14th Street', 'NY 11249', [40.7249, -73.9561]),
  lakeHall: venue(chicago, 'Lakeside Assembly Hall', '2430 North Cannon Drive', 'IL 60614', [41.9259, -87.6339]),
  saltHouse: venue(sanFrancisco, 'Salt House', '1275 Minnesota Street', 'CA 94107', [37.7541, -122.39]),
  machiya: venue(kyoto, '町家アトリエ Machiya Atelier', '中京区 三条通 烏丸西入 24', '604-8213', [35.0086, 135.7586]),
  listeningRoom: venue(tokyo, '星の間 Hoshi no Ma', '下北沢 2-19-5, 世田谷区', '155-0031', [35.6617, 139.668]),
} as const satisfies Record<string, DemoVenue>

export type DemoVenueName = keyof typeof demoVenues
