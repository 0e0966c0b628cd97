import { randomBytes } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { Logger } from '@aws-lambda-powertools/logger'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { CognitoJwtVerifier } from 'aws-jwt-verify'
import Stripe from 'stripe'
import type { SiteReader } from '#contracts/site.ts'
import type { EventRecord, Organisation, Picture } from '#domain/catalog.ts'
import { type IdPrefix, makeId } from '#domain/ids.ts'
import type { Language } from '#domain/languages.ts'
import { sumShards } from '#domain/stock.ts'
import { config, secret } from './config.ts'
import { createFiles } from './gateways/files.ts'
import { createIndexNow, type IndexNow } from './gateways/index-now.ts'
import { createBuyerMail } from './gateways/mail/buyer-mail.ts'
import { createMailer } from './gateways/mail/mailer.ts'
import { createSigner } from './gateways/signer.ts'
import { createStripeProvider } from './gateways/stripe.ts'
import type { BuiltSite } from './publisher/adapter/render.ts'
import { parts } from './publisher/parts.ts'
import { hashOfTemplates } from './publisher/templates.ts'
import { createAdmissionStore } from './store/admission.ts'
import { isThrottled, StoreBusy } from './store/busy.ts'
import { createCancellationStore } from './store/cancellations.ts'
import { createCodeGuessStore } from './store/code-guesses.ts'
import { createDiscountCodeStore } from './store/discount-codes.ts'
import { createEventOrderStore, placeOf } from './store/event-orders.ts'
import { createEventStockStore } from './store/event-stock.ts'
import { createEventStore } from './store/events.ts'
import { catalogKeys, dueBuckets, eventBuckets } from './store/keys.ts'
import { createMediaStore } from './store/media.ts'
import { createMemberStore } from './store/members.ts'
import { createMessageStore } from './store/messages.ts'
import { createOrderStore } from './store/orders.ts'
import { createOrganisationStore } from './store/organisations.ts'
import { createPublishingStore } from './store/publishing.ts'
import { createRebrandingStore } from './store/rebrandings.ts'
import { createRequestStore } from './store/requests.ts'
import { createScanStore } from './store/scans.ts'
import { createSharePictureStore } from './store/share-pictures.ts'
import { createSiteReader } from './store/site-reader.ts'
import { createStatisticsStore } from './store/statistics.ts'
import { createStockStore } from './store/stock.ts'
import { createTicketStore, place } from './store/tickets.ts'
import { createUploadStore } from './store/uploads.ts'
import { secondsUntilTurn } from './usecases/admit-order.ts'
import type { AllSharePorts } from './usecases/make-all-share-pictures.ts'
import { orderUrls } from './usecases/order-url.ts'
import { withPace } from './usecases/patience.ts'
import type { ProcessUploadPorts } from './usecases/process-upload.ts'
import { createRecentEvents } from './usecases/recent-events.ts'
import type { RequestUploadPorts } from './usecases/request-upload.ts'
import { createSoldOutHint } from './usecases/sold-out-hint.ts'
import type { TicketPrint } from './usecases/ticket-print.ts'

/**
 * The only place where clients are made. Each is made at first use, once per process, and stands alone, so that a
 * function's bundle holds only the SDKs that it calls.
 */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export const dynamo = /* @__PURE__ */ once(() => {
  const client = new DynamoDBClient({})
  // It copies every request and answer for a log that nobody keeps: 4 % of an order's time.
  client.middlewareStack.remove('loggerMiddleware')
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
})

export const tableNames = /* @__PURE__ */ once(() => ({ catalog: config().CATALOG_TABLE, sales: config().SALES_TABLE }))

export const clock = { now: (): string => new Date().toISOString() }

/** Unmodified: it trusts the keys that the pool publishes at AWS and no others. */
export const tokenVerifier = /* @__PURE__ */ once(() =>
  CognitoJwtVerifier.create({ userPoolId: config().COGNITO_USER_POOL_ID, clientId: config().COGNITO_CLIENT_ID }),
)

export const cognito = /* @__PURE__ */ once(() => new CognitoIdentityProviderClient({}))

export const logger = /* @__PURE__ */ once(() => new Logger({ serviceName: 'marquee' }))

export const ticketSigner = /* @__PURE__ */ once(() =>
  createSigner({ masterSecrets: secret('TICKET_SECRETS'), currentKeyId: config().TICKET_KEY_ID }),
)

const stripe = /* @__PURE__ */ once(() => {
  const { STRIPE_HOST: host, STRIPE_PORT: port, STRIPE_PROTOCOL: protocol } = config()
  const endpoint = { ...(host ? { host } : {}), ...(port ? { port } : {}), ...(protocol ? { protocol } : {}) }
  return new Stripe(secret('STRIPE_SECRET_KEY'), { ...endpoint, timeout: 5000, maxNetworkRetries: 1, telemetry: false })
})

export const paymentProvider = /* @__PURE__ */ once(() =>
  createStripeProvider(stripe(), secret('STRIPE_WEBHOOK_SECRET')),
)

export const orderStore = /* @__PURE__ */ once(() => createOrderStore(dynamo(), tableNames().sales))
export const ticketStore = /* @__PURE__ */ once(() => createTicketStore(dynamo(), tableNames().sales))
export const stockStore = /* @__PURE__ */ once(() => createStockStore(dynamo(), tableNames().sales))
export const statisticsStore = /* @__PURE__ */ once(() => createStatisticsStore(dynamo(), tableNames().sales))

const eventOrderStore = /* @__PURE__ */ once(() => createEventOrderStore(dynamo(), tableNames().sales))
const cancellationStore = /* @__PURE__ */ once(() => createCancellationStore(dynamo(), tableNames().sales))

export const eventStore = /* @__PURE__ */ once(() => createEventStore(dynamo(), tableNames().catalog))
export const memberStore = /* @__PURE__ */ once(() => createMemberStore(dynamo(), tableNames().catalog))
export const organisationStore = /* @__PURE__ */ once(() => createOrganisationStore(dynamo(), tableNames().catalog))

/** What guards ask of the catalog. */
export const catalogAccess = /* @__PURE__ */ once(() => ({
  event: eventStore().getEvent,
  roleOf: memberStore().roleOf,
  membershipsOf: memberStore().membershipsOf,
  organisation: organisationStore().getOrganisation,
}))

const getEvent = (eventId: string) => catalogAccess().event(eventId)
const recentEvent = /* @__PURE__ */ once(() => createRecentEvents(getEvent, Date.now))

export const codePorts = /* @__PURE__ */ once(() => createDiscountCodeStore(dynamo(), tableNames().sales))
export const guessPorts = /* @__PURE__ */ once(() => createCodeGuessStore(dynamo(), tableNames().sales))

export const orderPorts = /* @__PURE__ */ once(() => ({
  orders: orderStore(),
  tickets: ticketStore(),
  payments: paymentProvider(),
  getEvent,
  orderUrl: orderUrls(config().SITE_URL, ticketSigner().orderKey),
  now: clock.now,
}))

const admissionStore = /* @__PURE__ */ once(() => createAdmissionStore(dynamo(), tableNames().sales))

export const admissionPorts = /* @__PURE__ */ once(() => ({
  mayOrder: admissionStore().mayOrder,
  takeTurn: async (orderId: string, nowMs: number, perSecond: number) => {
    try {
      return await admissionStore().takeTurn(orderId, nowMs, perSecond)
    } catch (error) {
      if (error instanceof StoreBusy || isThrottled(error)) return null
      throw error
    }
  },
  nowMs: Date.now,
  random: Math.random,
}))

/** What placing an order needs beside the order's own ports: who waits, what is known to be sold out, and events as of a second ago. */
export const placePorts = /* @__PURE__ */ once(() => {
  const { ADMISSION: limits } = config()
  const waiting = limits
    ? { secondsUntilTurn: (orderId: string) => secondsUntilTurn(admissionPorts(), limits, orderId) }
    : {}
  return { ...orderPorts(), getEvent: recentEvent(), ...waiting, soldOutHint: createSoldOutHint(Date.now) }
})

export const viewPorts = /* @__PURE__ */ once(() => ({
  tickets: ticketStore(),
  signTicket: ticketSigner().signTicket,
  getEvent,
  now: clock.now,
}))

/** For an order that was placed a moment ago. */
export const placedViewPorts = /* @__PURE__ */ once(() => ({ ...viewPorts(), getEvent: recentEvent() }))

export const myOrdersPorts = /* @__PURE__ */ once(() => ({
  ...viewPorts(),
  listBuyerOrders: orderStore().listBuyerOrders,
  orderKey: ticketSigner().orderKey,
}))

export const availabilityPorts = /* @__PURE__ */ once(() => ({
  getEvent,
  readShards: stockStore().readShards,
  now: clock.now,
}))

export const tryCodePorts = /* @__PURE__ */ once(() => ({ ...availabilityPorts(), getCode: codePorts().getCode }))

/** Below the 25 requests of one kind that Stripe takes in a second, and below its 100 of all, so that buyers are served meanwhile. */
const clockQuestionsPerSecond = 20
const pacedProvider = /* @__PURE__ */ once(() => withPace(paymentProvider(), clockQuestionsPerSecond))

export const rebrandingPorts = /* @__PURE__ */ once(() => ({
  ...createRebrandingStore(dynamo(), tableNames().catalog),
  organisation: organisationStore().getOrganisation,
  events: eventStore().listOrganisationEvents,
  updateOrganiser: eventStore().updateOrganiser,
  now: clock.now,
  report: (problem: string, eventId: string, error: unknown) => logger().error(problem, { eventId, error }),
}))

export const sweepPorts = /* @__PURE__ */ once(() => ({
  ...orderPorts(),
  // Where buyers wait for the provider's rate, the clock does.
  payments: config().ADMISSION ? pacedProvider() : paymentProvider(),
  dueOrderIds: orderStore().dueOrderIds,
  dueBuckets,
  report: (problem: string, orderId: string, error: unknown) => logger().error(problem, { orderId, error }),
}))

export const cancellationPorts = /* @__PURE__ */ once(() => ({
  ...orderPorts(),
  payments: pacedProvider(),
  cancellations: cancellationStore(),
  bucketOrderIds: eventOrderStore().bucketOrderIds,
  eventBuckets,
  report: (problem: string, orderId: string, error: unknown) => logger().error(problem, { orderId, error }),
}))

export const eventOrderPorts = /* @__PURE__ */ once(() => ({ orders: eventOrderStore().listEventOrders, placeOf }))

export const eventCreatePorts = /* @__PURE__ */ once(() => ({
  organisation: organisationStore().getOrganisation,
  event: eventStore().getEvent,
  create: (event: EventRecord) => eventStore().createEvent(event),
  claim: createRequestStore(dynamo(), tableNames().sales).claim,
  newId: (prefix: IdPrefix) => makeId(prefix, Date.now(), randomBytes(10)),
  now: clock.now,
}))

export const eventChangePorts = /* @__PURE__ */ once(() => ({
  stock: async (pools: EventRecord['pools']) => sumShards(await stockStore().readShards(pools)),
  save: createEventStockStore(eventStore(), stockStore(), cancellationStore()).saveWithStock,
  now: clock.now,
}))

export const eventDeletePorts = /* @__PURE__ */ once(() => ({
  delete: (event: EventRecord) => eventStore().deleteEvent(event, clock.now()),
}))

export const eventListPorts = /* @__PURE__ */ once(() => ({
  memberships: memberStore().membershipsOf,
  events: eventStore().listOrganisationEvents,
  cursorOf: (event: EventRecord) => catalogKeys.organisationEvent(event.organisationId, event.startsAt, event.id).sk,
  now: clock.now,
}))

export const attendeePorts = /* @__PURE__ */ once(() => ({ tickets: ticketStore().listEventTickets, cursorOf: place }))

/** Beside the attendees what their buyers said. */
export const exportPorts = /* @__PURE__ */ once(() => ({ ...attendeePorts(), answersOf: eventOrderStore().answersOf }))

export const statsPorts = /* @__PURE__ */ once(() => ({
  shards: stockStore().readShards,
  statistics: statisticsStore().readStatistics,
  cancellation: cancellationStore().getCancellation,
}))

export const memberPorts = /* @__PURE__ */ once(() => ({
  members: memberStore().listMembers,
  put: memberStore().putMember,
  remove: memberStore().removeMember,
}))

export const scanPorts = /* @__PURE__ */ once(() => ({
  ...createScanStore(dynamo(), tableNames().sales),
  verifyTicket: ticketSigner().verifyTicket,
  ticket: ticketStore().getTicket,
  now: clock.now,
}))

export const packPorts = /* @__PURE__ */ once(() => ({
  ...attendeePorts(),
  publicKeysFor: ticketSigner().publicKeysFor,
  now: clock.now,
}))

const ses = /* @__PURE__ */ once(() => new SESv2Client({}))

/** Ticket PDFs and whatever else only its owner may see. */
export const privateFiles = /* @__PURE__ */ once(() => createFiles(s3(), config().FILES_BUCKET))

/** Loaded at the first PDF: fonts and the PDF library are more than all else together, and most calls need none. */
const renderPdf = async (tickets: readonly TicketPrint[]): Promise<Uint8Array> => {
  const { renderTicketsPdf } = await import('./gateways/ticket-pdf/render-tickets-pdf.ts')
  return renderTicketsPdf(tickets)
}

export const documentPorts = /* @__PURE__ */ once(() => ({
  getEvent,
  tickets: ticketStore(),
  signTicket: ticketSigner().signTicket,
  renderPdf,
  files: privateFiles(),
}))

export const tellPorts = /* @__PURE__ */ once(() => ({
  ...documentPorts(),
  orders: orderStore(),
  messages: createMessageStore(dynamo(), tableNames().sales),
  mail: createBuyerMail(
    createMailer({ sesClient: ses(), from: config().MAIL_FROM }),
    orderUrls(config().SITE_URL, ticketSigner().orderKey),
  ),
  now: clock.now,
}))

export const uploadStore = /* @__PURE__ */ once(() => createUploadStore(dynamo(), tableNames().sales))

const mediaStore = /* @__PURE__ */ once(() => createMediaStore(dynamo(), tableNames().catalog))

export const organisationPorts = /* @__PURE__ */ once(() => ({
  organisation: organisationStore().getOrganisation,
  save: (before: Organisation, after: Organisation) => organisationStore().saveOrganisation(before, after, clock.now()),
}))

export const logoPorts = /* @__PURE__ */ once(() => ({
  save: (organisationId: string, before: Picture | null, after: Picture | null) =>
    organisationStore().saveLogo(organisationId, before, after, clock.now()),
}))

/** Loaded when somebody uploads: other calls of the desk need no S3. */
const uploadForms = /* @__PURE__ */ once(async () => {
  const [storage, { createUploadForms }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('./gateways/upload-forms.ts'),
  ])
  return createUploadForms(new storage.S3Client({}), config().FILES_BUCKET)
})

export const uploadRequestPorts = /* @__PURE__ */ once(() => ({
  newId: (prefix: IdPrefix) => makeId(prefix, Date.now(), randomBytes(10)),
  claim: createRequestStore(dynamo(), tableNames().sales).claim,
  begin: uploadStore().begin,
  signForm: async (...form: Parameters<RequestUploadPorts['signForm']>) => (await uploadForms())(...form),
  now: clock.now,
}))

export const processUploadPorts = /* @__PURE__ */ once(
  (): ProcessUploadPorts => ({
    attempt: uploadStore().attempt,
    settle: uploadStore().settle,
    originals: { sizeOf: privateFiles().sizeOf, read: privateFiles().readFile, remove: privateFiles().removeFile },
    // Loaded at the first picture: it stands on a library of native code.
    encode: async (file, kind) => (await import('./gateways/pictures/encode-picture.ts')).encodePicture(file, kind),
    publish: siteFiles().putFile,
    discard: (base) => mediaStore().discard(base, clock.now()),
    event: eventStore().getEvent,
    change: eventChangePorts(),
    logo: async (organisationId) => {
      const organisation = await organisationStore().getOrganisation(organisationId)
      return organisation && { logo: organisation.logo ?? null }
    },
    saveLogo: logoPorts().save,
  }),
)

export const sharePorts = /* @__PURE__ */ once((): AllSharePorts => {
  const { getShare, saveShare } = createSharePictureStore(dynamo(), tableNames().catalog)
  return {
    event: eventStore().getEvent,
    share: getShare,
    saveShare: (event, before, after) => saveShare(event, before, after, clock.now()),
    readFile: siteFiles().readFile,
    draw: async (print, poster) =>
      (await import('./gateways/share-picture/draw-share-picture.ts')).drawSharePicture(print, poster),
    publish: siteFiles().putFile,
    remove: siteFiles().removeFile,
    nonce: () => randomBytes(5).toString('hex'),
    cards: (from, limit) => siteReader().listing('all', { from, limit }),
    nowMs: Date.now,
  }
})

export const rubbishPorts = /* @__PURE__ */ once(() => ({
  ...mediaStore(),
  listKeys: siteFiles().listKeys,
  removeFile: siteFiles().removeFile,
  now: clock.now,
}))

export const staleUploadPorts = /* @__PURE__ */ once(() => ({
  staleUploads: uploadStore().staleUploads,
  settle: uploadStore().settle,
  discard: (base: string) => mediaStore().discard(base, clock.now()),
  now: clock.now,
}))

export const saleStatePorts = /* @__PURE__ */ once(() => ({
  getEvent,
  readShards: stockStore().readShards,
  updateSaleState: eventStore().updateSaleState,
  dueEventIds: eventStore().dueEventIds,
  now: clock.now,
  report: (problem: string, eventId: string, error: unknown) => logger().error(problem, { eventId, error }),
}))

export const s3 = /* @__PURE__ */ once(() => new S3Client({}))

export const siteFiles = /* @__PURE__ */ once(() => createFiles(s3(), config().SITE_BUCKET))

export const siteReader = /* @__PURE__ */ once(() => createSiteReader(dynamo(), tableNames().catalog))

export const feedPorts = /* @__PURE__ */ once(() => ({
  reader: siteReader(),
  eventAt: eventStore().getEventBySlug,
  siteUrl: config().SITE_URL,
  now: clock.now,
}))

export const movedPorts = /* @__PURE__ */ once(() => ({
  eventAt: eventStore().getEventBySlug,
  siteUrl: config().SITE_URL,
  /** In the language, if the site has pages in it. */
  missingPage: async (language: Language | null) =>
    (language && (await siteFiles().readFile(`${language}/404.html`))) ?? siteFiles().readFile('404.html'),
}))

export const indexNow = /* @__PURE__ */ once((): IndexNow => {
  const { INDEXNOW_KEY: key, INDEXNOW_ENDPOINT: endpoint, SITE_URL: siteUrl } = config()
  return key ? createIndexNow({ endpoint, key, siteUrl }) : { tell: async () => 0 }
})

/** Pages are rendered by the built site, which is a bundle of its own. */
const renderingPorts = /* @__PURE__ */ once(async () => {
  const { SITE_RENDERER, SITE_URL, ...environment } = config()
  if (!SITE_RENDERER) throw new Error('SITE_RENDERER does not name the built site')
  const { renderPage, fixedPaths }: BuiltSite = await import(pathToFileURL(SITE_RENDERER).href)
  const settings = {
    siteUrl: SITE_URL,
    indexNowKey: environment.INDEXNOW_KEY,
    cognito: {
      userPoolId: environment.COGNITO_USER_POOL_ID,
      clientId: environment.COGNITO_CLIENT_ID,
      endpoint: environment.COGNITO_BROWSER_ENDPOINT,
      authFlow: environment.COGNITO_AUTH_FLOW,
    },
  }
  return {
    files: siteFiles(),
    reader: siteReader(),
    fixedPaths: [...fixedPaths, ...(environment.INDEXNOW_KEY ? [`/${environment.INDEXNOW_KEY}.txt`] : [])],
    now: clock.now,
    renderFrom: (reader: SiteReader) => (path: string) => renderPage(path, { reader, settings, now: clock.now() }),
  }
})

const publishingStore = /* @__PURE__ */ once(() => createPublishingStore(dynamo(), tableNames().catalog))

export const publishPorts = /* @__PURE__ */ once(async () => {
  const { renderFrom, ...ports } = await renderingPorts()
  return { ...ports, render: renderFrom(ports.reader), noteTouched: publishingStore().noteTouched }
})

const templates = /* @__PURE__ */ once(() => hashOfTemplates(config().SITE_RENDERER ?? ''))

export const fullPublishPorts = async (part: number) => ({
  ...(await renderingPorts()),
  part,
  // Other parts are another publish too.
  templates: `${await templates()}/${parts.length}`,
  progress: publishingStore().progressOf(part),
})
