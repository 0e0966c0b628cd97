import type { Language } from '#domain/languages.ts'
import { documents as ar } from './ar/documents.ts'
import { documents as de } from './de/documents.ts'
import { documents as en } from './en/documents.ts'
import { documents as es } from './es/documents.ts'
import { documents as ja } from './ja/documents.ts'
import type { Shape } from './shape.ts'

export type DocumentTexts = Shape<typeof en>

/** What functions say on paper and in mails: this slice alone, so that their bundles hold no other. */
export const documents: Readonly<Record<Language, DocumentTexts>> = { en, de, es, ja, ar }
