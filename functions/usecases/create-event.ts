import type { EventRecord, Instant, Organisation } from '#domain/catalog.ts'
import { draftEvent, duplicateEvent, type EventInput, type EventRefusal } from '#domain/event-rules.ts'
import type { IdPrefix } from '#domain/ids.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { slugOf, slugWithSuffix } from '#domain/slugs.ts'

export interface CreatePorts {
  organisation(organisationId: string): Promise<Organisation | null>
  event(eventId: string): Promise<EventRecord | null>
  /** Writes a draft that does not exist yet. `exists`: this id was written before. */
  create(event: EventRecord): Promise<'created' | 'exists' | 'slug_taken'>
  /** Remembers under the caller's key which id its first request was given; answers that id. */
  claim(request: ClaimedRequest & { readonly eventId: string }): Promise<{ eventId: string } | 'reused'>
  newId(prefix: IdPrefix): string
  now(): Instant
}

/** A request that may be repeated: whose it is, his key, and a hash of all that he asked for. */
export interface ClaimedRequest {
  readonly userId: string
  readonly key: string
  readonly requestHash: string
}

export type CreateRefusal = EventRefusal | { readonly code: 'idempotency_key_reused' | 'not_found' }

type Draft = (identity: { id: string; slug: string }) => Result<EventRecord, EventRefusal>

export async function createEvent(
  ports: CreatePorts,
  organisationId: string,
  input: EventInput,
  request: ClaimedRequest,
): Promise<Result<EventRecord, CreateRefusal>> {
  const organisation = await ports.organisation(organisationId)
  if (!organisation) return refuse({ code: 'not_found' })
  const now = ports.now()
  return createOnce(ports, input.name, request, (identity) => draftEvent(input, { ...identity, organisation }, now))
}

export async function copyEvent(
  ports: CreatePorts,
  event: EventRecord,
  request: ClaimedRequest,
): Promise<Result<EventRecord, CreateRefusal>> {
  const now = ports.now()
  return createOnce(ports, event.name, request, (identity) =>
    ok(duplicateEvent(event, { ...identity, newId: ports.newId }, now)),
  )
}

async function createOnce(
  ports: CreatePorts,
  name: string,
  request: ClaimedRequest,
  draft: Draft,
): Promise<Result<EventRecord, CreateRefusal>> {
  const slug = slugOf(name, 'event')
  const fresh = ports.newId('evt')
  const trial = draft({ id: fresh, slug })
  if (!trial.ok) return trial
  const claimed = await ports.claim({ ...request, eventId: fresh })
  if (claimed === 'reused') return refuse({ code: 'idempotency_key_reused' })
  const { eventId } = claimed
  for (const free of [slug, slugWithSuffix(slug, eventId)]) {
    const drafted = draft({ id: eventId, slug: free })
    if (!drafted.ok) return drafted
    const outcome = await ports.create(drafted.value)
    if (outcome === 'created') return drafted
    if (outcome === 'exists') break
  }
  const first = await ports.event(eventId)
  if (!first) throw new Error(`neither ${slug} nor its second form is free for ${eventId}`)
  return ok(first)
}
