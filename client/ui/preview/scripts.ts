// The conversations of the preview: an association that runs a night market at a harbour.

import { picture, userId } from './people.ts'
import type { Script } from './script.ts'
import { generated, lines } from './script.ts'

const DAY = 1_440

export const market: Script = {
  kind: 'group',
  name: 'Night Market',
  members: [['mira', 'owner'], ['tomas', 'admin'], ['priya', 'member'], ['yusuf', 'member'], ['zoe', 'member'], ['leila', 'member'], ['archive', 'member']],
  topic: 'Berth 3, 14th to 16th. Who brings what is in the list below; questions about power go to Zoe.',
  picture: picture(5),
  pinned: true,
  typing: ['yusuf'],
  lines: lines([
    { by: 'archive', ago: 3 * DAY + 62, text: 'Conversation imported from the old mailing list', style: 'notice' },
    { by: 'mira', ago: 3 * DAY + 61, text: '', event: { type: 'added', users: [userId('tomas'), userId('priya'), userId('yusuf'), userId('zoe'), userId('leila')] } },
    { by: 'tomas', ago: 3 * DAY + 60, text: 'Berth three is ours from the 14th. Signed this morning.', pinned: true },
    { by: 'tomas', ago: 3 * DAY + 59, text: 'Forty-two stalls, and the crane stays lit until midnight.' },
    { by: 'priya', ago: 3 * DAY + 41, text: 'Forty-two! Last year we were happy with nineteen.' },
    { by: 'zoe', ago: DAY + 190, text: 'Power plan is up: https://plans.nightmarket.example/berth-3/power\nTwo generators on the quay, one spare. Whoever needs more than 2 kW please tell me before Thursday, I order on Friday.' },
    { by: 'yusuf', ago: DAY + 185, text: 'The two tea stalls need 3 kW each, the rest is lights.', answers: 5 },
    { by: 'mira', ago: DAY + 180, text: 'Noted. I have space on the east line for both.', mark: 'read' },
    { by: 'mira', ago: DAY + 179, text: 'waves at the generator people', style: 'action', mark: 'read' },
    { by: 'tomas', ago: 97, text: '', event: { type: 'topic', topic: 'Berth 3, 14th to 16th' } },
    { by: 'priya', ago: 96, text: 'Posters are back from the printer. They look wonderful 🎉', reactions: [{ emoji: '🎉', by: ['zoe', 'yusuf', 'mira'] }, { emoji: '❤️', by: ['tomas'] }] },
    { by: 'priya', ago: 95, text: 'The blue came out a touch darker than on screen. I like it better.' },
    { by: 'leila', ago: 64, text: 'هل يمكننا إضافة النص العربي تحت العنوان؟ سأرسل الترجمة الليلة.', saved: true },
    { by: 'tomas', ago: 51, text: 'Yes please. There is room below the date.', answers: 12 },
    { by: 'mira', ago: 38, text: 'Shall we meet at the dock office at six to walk the stalls? I bring the tape and the chalk.', mark: 'read', before: 'Shall we meet at six?', reactions: [{ emoji: '👍', by: ['zoe', 'yusuf'] }] },
    { by: 'zoe', ago: 31, text: '👍' },
    { by: 'zoe', ago: 30, text: '', erasedBy: 'zoe' },
    { by: 'priya', ago: 30, text: '', event: { type: 'renamed', name: 'Night Market' } },
    { by: 'zoe', ago: 29, text: '@mira can you bring the second roll of tape as well?', mentions: ['mira'], saved: true },
    { by: 'yusuf', ago: 12, text: 'Six works. Gate code is the old one.', before: 'Six works.' },
    { by: 'mira', ago: 4, text: 'Perfect. I will be there a little before with the map.', mark: 'delivered' },
  ]),
}

export const tomas: Script = {
  kind: 'direct',
  name: '',
  members: [['mira', 'member'], ['tomas', 'member']],
  unread: 3,
  lines: lines([
    { by: 'tomas', ago: DAY + 300, text: 'Did the permit for the music come through?' },
    { by: 'mira', ago: DAY + 290, text: 'Yes, until 23:00. They want the stage to face the water.', mark: 'read' },
    { by: 'tomas', ago: DAY + 288, text: 'Fair enough' },
    { by: 'mira', ago: 400, text: 'I sent you the seating plan, second page is the new one', mark: 'read' },
    { by: 'tomas', ago: 33, text: 'Looks good to me.' },
    { by: 'tomas', ago: 32, text: 'One thing: the fire lane is two metres wider than on the plan. Can you move the corner stall? The inspector was very clear about it: supercalifragilisticexpialidocious-fire-lane-regulation-2026-section-14b-subsection-3.' },
    { by: 'tomas', ago: 31, text: 'And lunch on Thursday?' },
  ]),
}

export const noa: Script = {
  kind: 'direct',
  name: '',
  members: [['mira', 'member'], ['noa', 'member']],
  unread: 1,
  lines: lines([
    { by: 'noa', ago: DAY + 600, text: 'שלום! קיבלתי את התוכנית של הדוכנים.' },
    { by: 'mira', ago: DAY + 595, text: 'מעולה, תגידי לי אם משהו חסר', mark: 'read' },
    { by: 'noa', ago: DAY + 590, text: 'רק שאלה אחת על החשמל: https://plans.nightmarket.example/berth-3/power זה עדיין נכון?' },
    { by: 'mira', ago: DAY + 584, text: 'כן, Zoë עדכנה את זה אתמול (3 kW לכל דוכן תה).', answers: 2, mark: 'read' },
    { by: 'noa', ago: 70, text: 'تمام، شكراً جزيلاً! أراكم يوم الخميس في الساعة السادسة مساءً عند مكتب الميناء.' },
    { by: 'mira', ago: 66, text: 'إن شاء الله 🌙', mark: 'read' },
    { by: 'noa', ago: 20, text: 'אגב, הבאתי גם English signs for the tea stalls, אם צריך.' },
  ]),
}

export const crew: Script = {
  kind: 'group',
  name: 'Crew of the good ship Perseverance: deck, galley and engine room',
  members: [['mira', 'member'], ['ben', 'owner'], ['ingrid', 'admin'], ['kwame', 'member'], ['jun', 'member']],
  unread: 120,
  muted: true,
  lines: generated(100_000, ['ben', 'ingrid', 'kwame', 'jun', 'mira']),
}

export const jun: Script = {
  kind: 'direct',
  name: '',
  members: [['mira', 'member'], ['jun', 'member']],
  draft: 'About the paper lanterns: would you',
  lines: lines([
    { by: 'jun', ago: 2 * DAY, text: '提灯は30個で足りますか？' },
    { by: 'jun', ago: 2 * DAY - 2, text: 'I can bring up to fifty.' },
  ]),
}

export const refused: Script = {
  kind: 'direct',
  name: '',
  members: [['mira', 'member'], ['ingrid', 'member']],
  lines: lines([
    { by: 'ingrid', ago: 3 * DAY, text: 'The harbour master asks for the list of everyone with a vehicle.' },
    { by: 'mira', ago: 3 * DAY - 20, text: 'I will have it tomorrow.', mark: 'read' },
    { by: 'ingrid', ago: 45, text: 'Any news on the list?' },
    { by: 'mira', ago: 2 * DAY, text: 'Written on the ferry, without a signal: it is nearly done.', mark: 'delivered' },
    { by: 'mira', ago: 9, text: 'Here it is: 14 vans, 3 trailers, 1 horse.', mark: 'refused' },
    { by: 'mira', ago: 2, text: 'The horse only on Saturday.', mark: 'pending' },
  ]),
}

export const empty: Script = { kind: 'direct', name: '', members: [['mira', 'member'], ['kwame', 'member']], lines: lines([]) }

export const overfull: Script = {
  kind: 'group',
  name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten',
  members: [['mira', 'admin'], ['zoe', 'owner'], ['ben', 'member'], ['priya', 'member']],
  draft: 'x'.repeat(7_990),
  lines: lines([
    { by: 'zoe', ago: 200, text: `${'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(9)} and then some words after it.` },
    { by: 'ben', ago: 199, text: `https://very-long.example/${'path/'.repeat(60)}?query=${'a1b2c3'.repeat(40)}` },
    { by: 'priya', ago: 190, text: Array.from({ length: 40 }, (_, line) => `${line + 1}. item on a list that goes on`).join('\n') },
    { by: 'mira', ago: 180, text: 'A lot of text in one go. '.repeat(120), mark: 'read' },
    { by: 'zoe', ago: 100, text: '🎪🎪🎪' },
    { by: 'ben', ago: 99, text: '<img src=x onerror=alert(1)> <b>bold?</b> & "quotes" \u202eesrever' },
    { by: 'mira', ago: 90, text: 'W'.repeat(300), mark: 'stored', answers: 0 },
  ]),
}

export const written: Script = {
  kind: 'group',
  name: 'Website',
  members: [['mira', 'member'], ['zoe', 'owner'], ['jun', 'member'], ['noa', 'member']],
  lines: lines([
    { by: 'zoe', ago: 300, text: 'The **opening hours** are in `hours.ts`, the _old_ ones are ~~18–23~~ gone.\nSee [the plan](https://plans.nightmarket.example/site) or https://plans.nightmarket.example/a_b_c.' },
    { by: 'jun', ago: 290, text: '```ts\n// Closed on Mondays, unless there is a concert.\nexport function isOpen(day: Weekday, concerts: ReadonlySet<Weekday>): boolean {\n  if (day === \'monday\') return concerts.has(day)\n  return HOURS[day] !== null && 18 <= hourOf(day)\n}\n```' },
    { by: 'mira', ago: 280, text: '# Before Friday\n- [x] map\n- [ ] prices\n- [ ] photos of the **tea stalls**\n\n> The blue came out darker.\n> I like it better.\n\n1. ask the printer\n2. then order', mark: 'read' },
    { by: 'zoe', ago: 270, text: '| stall | power | place |\n|:--|--:|:-:|\n| tea | 3 kW | east |\n| lights | 1.5 kW | everywhere |\n| stage | 11 kW | facing the water |' },
    { by: 'mira', ago: 260, text: '| stall | owner |\n|---|---|\n| tea | Yusuf |\n\n```sh\nnpm run build && rsync -a dist/ market:/srv/site --delete --verbose --exclude=photos\n```\nDone with `rsync`, and [a link](https://example.org).', mark: 'read' },
    { by: 'jun', ago: 250, text: 'The surprise is ||a brass band on the crane, at nine sharp, if the wind allows it|| so say nothing.' },
    { by: 'noa', ago: 240, text: '**שלום!** רשימה:\n\n- תה\n- אורות `lights.ts`\n- במה' },
    { by: 'mira', ago: 230, text: 'It was ||the **butler**||. [https://bank.example](https://evil.example/login)', mark: 'read' },
    { by: 'zoe', ago: 220, text: '🎪🎪' },
  ]),
}

export const everything: readonly Script[] = [market, tomas, noa, crew, jun, refused, empty, overfull, written]
