import { z } from 'zod'
import { isCurrency } from '../money.ts'
import { boolean, createdRange, email, integer, list, metadata, paging, url } from './params.ts'

const currency = z
  .string()
  .transform((code) => code.toLowerCase())
  .refine(isCurrency, { message: 'Invalid currency: {value}. Stripe does not know it.' })

const productData = z.strictObject({
  name: z.string().min(1).max(250),
  description: z.string().max(500).optional(),
  images: list(url, 8).optional(),
  metadata: metadata.optional(),
  tax_code: z.string().optional(),
})

const lineItem = z.strictObject({
  price_data: z.strictObject({
    currency,
    unit_amount: integer(0),
    product_data: productData,
    tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
  }),
  quantity: integer(1),
  metadata: metadata.optional(),
})

const paymentIntentData = z.strictObject({
  metadata: metadata.optional(),
  description: z.string().max(1000).optional(),
  receipt_email: email.optional(),
  statement_descriptor: z.string().max(22).optional(),
  statement_descriptor_suffix: z.string().max(22).optional(),
  capture_method: z.enum(['automatic', 'automatic_async']).optional(),
})

/** `POST /v1/checkout/sessions`: what a shop that sells once needs; the rest is refused as unknown. */
export const sessionCreateParams = z.strictObject({
  mode: z.literal('payment', { message: 'The simulator offers mode=payment only, not {value}.' }),
  ui_mode: z.literal('hosted_page').optional(),
  line_items: list(lineItem, 100),
  success_url: url,
  cancel_url: url.optional(),
  expires_at: integer(0).optional(),
  client_reference_id: z.string().max(200).optional(),
  customer_email: email.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  metadata: metadata.optional(),
  payment_intent_data: paymentIntentData.optional(),
  allowed_payment_method_types: list(z.string(), 60).optional(),
  excluded_payment_method_types: list(z.string(), 60).optional(),
  locale: z.string().optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  allow_promotion_codes: boolean.optional(),
  automatic_tax: z.strictObject({ enabled: z.literal('false') }).optional(),
  adaptive_pricing: z.strictObject({ enabled: boolean }).optional(),
})

export type SessionCreateParams = z.output<typeof sessionCreateParams>

export const sessionListParams = z.strictObject({
  ...paging,
  created: createdRange.optional(),
  payment_intent: z.string().optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
})
