import type { DemoTranslations } from './demo-words.ts'

const access =
  '入口に高さ12cmの段差が一段あります（スロープあり）。入口で靴を脱ぎ、スリッパにお履き替えください。座布団のかわりに低い椅子もご用意しています。'

export const japanese: DemoTranslations = {
  'kintsugi-for-beginners': {
    name: '金継ぎ入門',
    summary: '割れた器を一つお持ちください。前よりもよい器になって帰ります。',
    description: [
      '烏丸にほど近い町家で、漆作家の林真理子に習う三時間の入門教室です。一日で固まる植物性の漆で器を一つつくろいながら、割れ目こそが見どころになる理由を学びます。器はお一人一点、手のひらにのる大きさまで。こちらでもご用意しています。',
      '少なくとも二度つくろわれた器で、お抹茶と亀屋の菓子をお出しします。',
    ],
    accessibility: access,
    ticketTypes: {
      '器を持参 With your own bowl': { name: '器を持参' },
      '器つき With a bowl of ours': { name: '器つき' },
    },
  },
  'rakugo-in-two-languages': {
    name: '二か国語落語',
    summary: '座布団一枚、扇子一本。同じ噺を、日本語と英語で。',
    description: [
      '月亭六助が「時そば」ほか二席を、まず日本語で、続けて英語で演じます。どこで誰が笑うか、客席の半分ずつが教えあう会です。',
      'どちらの言葉の知識もいりません。そばは最初から最後まで、扇子だけで食べます。',
    ],
    accessibility: access,
    ticketTypes: {
      '前売り Advance': { name: '前売り' },
      '当日 Regular': { name: '当日' },
      '子ども Child': { name: '子ども' },
    },
  },
}
