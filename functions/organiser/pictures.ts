import { Hono } from 'hono'
import { id } from '#contracts/common.ts'
import type { OrganiserEventResponse } from '#contracts/events.ts'
import { type PictureUploadView, pictureUploadRequest, putPictureRequest } from '#contracts/pictures.ts'
import type { Role } from '#domain/catalog.ts'
import { editPicture, type PictureUpload } from '#domain/pictures.ts'
import { type AppContext, type AppEnv, Refused, readBody, readId, readIdempotencyKey } from '../http/app.ts'
import { type Member, requireEventMember } from '../http/session.ts'
import { changeEvent } from '../usecases/change-event.ts'
import { hashOf } from '../usecases/order-ids.ts'
import { requestUpload } from '../usecases/request-upload.ts'
import { eventChangePorts, logoPorts, uploadRequestPorts, uploadStore } from '../wiring.ts'
import { organisationView, requireOrganisationEditor } from './organisations.ts'
import { organiserEventView } from './views.ts'

export const pictures = new Hono<AppEnv>()

const editors: readonly Role[] = ['owner', 'manager']
const ofEvent = '/api/organiser/events/:eventId'
const ofOrganisation = '/api/organiser/organisations/:organisationId'

pictures.post(`${ofEvent}/picture-uploads`, async (c) => {
  const { event, ...member } = await requireEventMember(c, eventId(c), editors)
  if (event.status === 'cancelled') throw new Refused('wrong_status')
  return begin(c, member, event.id)
})

pictures.get(`${ofEvent}/picture-uploads/:uploadId`, async (c) => {
  const { event } = await requireEventMember(c, eventId(c), editors)
  return tell(c, 'uploadId', (upload) => upload.eventId === event.id)
})

pictures.put(`${ofEvent}/picture`, async (c) => {
  const { event, role } = await requireEventMember(c, eventId(c), editors)
  const { version, picture } = await readBody(c, putPictureRequest)
  const changed = await changeEvent(eventChangePorts(), event, (before, now) =>
    editPicture(before, picture, version, now),
  )
  if (!changed.ok)
    throw new Refused(changed.refusal.code, 'errors' in changed.refusal ? [...changed.refusal.errors] : undefined)
  return c.json({ event: organiserEventView(changed.value, role) } satisfies OrganiserEventResponse)
})

pictures.post(`${ofOrganisation}/logo-uploads`, async (c) => begin(c, await requireOrganisationEditor(c), null))

pictures.get(`${ofOrganisation}/logo-uploads/:logoId`, async (c) => {
  const { organisationId } = await requireOrganisationEditor(c)
  return tell(c, 'logoId', (upload) => upload.eventId === null && upload.organisationId === organisationId)
})

pictures.delete(`${ofOrganisation}/logo`, async (c) => {
  const { organisation } = await requireOrganisationEditor(c)
  const { logo, ...rest } = organisation
  if (logo && !(await logoPorts().save(organisation.id, logo, null))) throw new Refused('stale_version')
  return c.json(organisationView(rest))
})

const eventId = (c: AppContext): string => readId(c, 'eventId', id('evt'))

async function begin(
  c: AppContext,
  { user, organisationId }: Pick<Member, 'user' | 'organisationId'>,
  of: string | null,
): Promise<Response> {
  const { contentType, alt, focus, bytes } = await readBody(c, pictureUploadRequest)
  const wish = { organisationId, eventId: of, contentType, alt, focus }
  const request = { userId: user.id, key: readIdempotencyKey(c), requestHash: hashOf(['upload', wish, bytes]) }
  const begun = await requestUpload(uploadRequestPorts(), wish, request)
  if (!begun.ok) throw new Refused(begun.refusal.code)
  return c.json({ upload: uploadView(begun.value.upload), form: begun.value.form }, 201)
}

async function tell(c: AppContext, parameter: string, isTheirs: (upload: PictureUpload) => boolean): Promise<Response> {
  const upload = await uploadStore().getUpload(readId(c, parameter, id('upl')))
  if (!upload || !isTheirs(upload)) throw new Refused('not_found')
  return c.json({ upload: uploadView(upload) })
}

const uploadView = ({ id: uploadId, state, reason }: PictureUpload): PictureUploadView => ({
  id: uploadId,
  state,
  reason: reason ?? null,
})
