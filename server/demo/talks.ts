// What is said in the demo. Written for it; nobody's real words.

import type { DemoPerson } from './people.ts'

/** Who, what, and which earlier line (from 0) it answers. */
export type Line = readonly [DemoPerson, string, number?]

export type Talk = {
  /** Absent: a direct conversation of the first two who speak. */
  name?: string
  /** In it besides those who speak. */
  silent?: readonly DemoPerson[]
  /** When the last line was written. */
  minutesAgo: number
  /** How many of the last lines Ada has not read. */
  unread?: number
  lines: readonly Line[]
}

export const TALKS: readonly Talk[] = [
  {
    minutesAgo: 4,
    unread: 2,
    lines: [
      ['mei', 'Did the fabric samples arrive?'],
      ['ada', 'This morning! The dark green is even better than in the photo.'],
      ['mei', '太好了 😊 I was worried it would look like a pool table.'],
      ['ada', 'Only in the hallway light. In the window it is moss.', 2],
      ['mei', 'Then let us take it. I tell the workshop today.'],
      ['ada', 'Yes please. Four metres, not three, I measured wrong.'],
      ['mei', 'Four. Noted.'],
      ['mei', 'They can deliver on Thursday between 9 and 11. Are you there?'],
    ],
  },
  {
    minutesAgo: 47,
    unread: 1,
    lines: [
      ['yusuf', 'صباح الخير! هل وصلتِ؟'],
      ['ada', 'صباح النور، وصلت قبل ساعة. الجو هنا بارد جداً.'],
      ['yusuf', 'خذي المعطف الثقيل، الأسبوع القادم أبرد.'],
      ['ada', 'I will. How do you say "mittens"?', 2],
      ['yusuf', 'قفازات — qaffāzāt. You already know the word for gloves, it is the same one.'],
      ['yusuf', 'The museum is closed on Mondays, so let us go on Tuesday: https://example.org/museum'],
    ],
  },
  {
    minutesAgo: 180,
    lines: [
      ['noa', 'את באה ביום שישי?'],
      ['ada', 'כן! מה להביא?'],
      ['noa', 'רק את עצמך. אולי קינוח 🍰'],
      ['ada', 'Lemon tart, then. The recipe has never failed me.', 2],
      ['noa', 'מושלם. בשבע אצלי.'],
    ],
  },
  {
    minutesAgo: 26 * 60,
    lines: [
      ['diego', 'Your bike is ready. I changed the chain and both brake cables.'],
      ['ada', 'You are a treasure. What do I owe you?'],
      ['diego', 'Una cena. The place with the empanadas.', 1],
      ['ada', 'Deal. Saturday?'],
      ['diego', 'Saturday. Bring lights, we ride home along the river.'],
    ],
  },
  {
    minutesAgo: 3 * 24 * 60,
    lines: [
      ['zoe', 'Tu as vu le nouveau plan du rez-de-chaussée ?'],
      ['ada', "Oui ! L'entrée est beaucoup plus claire maintenant."],
      ['zoe', 'Le mur de gauche me gêne encore. On pourrait le raccourcir d’un mètre.'],
      ['ada', 'Ask Ivan whether it carries anything.', 2],
      ['zoe', 'Il dit que non. Je redessine ce soir.'],
    ],
  },
  {
    minutesAgo: 9 * 24 * 60,
    lines: [
      ['amara', 'Thank you for last night. The children will not stop talking about the telescope.'],
      ['ada', 'They asked better questions than most adults.'],
      ['amara', 'Zuri wants to know whether Saturn is heavier than our car.', 1],
      ['ada', 'Tell her: yes, but it would float, if anyone had a bathtub that big.'],
    ],
  },
  {
    name: 'Launch week',
    minutesAgo: 12,
    unread: 4,
    silent: ['lukasz'],
    lines: [
      ['priya', 'Plan for Monday: press note at 8, doors at 10, speeches never.'],
      ['tomas', 'Speeches never is my favourite part of the plan.', 0],
      ['ada', 'Who has the spare keys?'],
      ['ivan', 'У меня. I am there from seven.', 2],
      ['priya', 'Checklist:\n1. Signs\n2. Coffee\n3. The long table\n4. Somebody who smiles at the door'],
      ['zoe', 'I take 4. I have been practising.', 4],
      ['tomas', 'Signs are printed. They say OPEN in letters you can see from the ferry.'],
      ['ivan', 'The long table needs six people to carry. Or one Łukasz.'],
      ['priya', 'Then it is settled 😄', 7],
    ],
  },
  {
    name: 'Sunday hikes',
    minutesAgo: 95,
    unread: 3,
    silent: ['noa', 'yusuf', 'mei'],
    lines: [
      ['amara', 'Forecast for Sunday: dry until three.'],
      ['diego', 'The ridge or the lake?'],
      ['ada', 'The lake. My knees vote for the lake.', 1],
      ['lukasz', 'Lake it is. Bus 41 leaves at 8:12 from the old station.'],
      ['amara', 'I bring tea, who brings something to eat?'],
      ['lukasz', 'Pierogi. Too many, as always.', 4],
      ['diego', 'There is no such thing.', 5],
      ['sakura', 'May I bring my sister? She is visiting until Tuesday.'],
    ],
  },
  {
    name: 'قهوة الصباح',
    minutesAgo: 33,
    unread: 1,
    silent: ['zoe'],
    lines: [
      ['yusuf', 'من جرّب المقهى الجديد قرب الميناء؟'],
      ['amara', 'أنا! القهوة ممتازة لكن الكراسي غير مريحة.'],
      ['ada', 'هل عندهم كعك بالتمر؟', 0],
      ['amara', 'نعم، ويخبزونه كل صباح في الساعة السابعة.', 2],
      ['yusuf', 'إذن نلتقي هناك يوم الخميس الساعة 8:30، ما رأيكم؟'],
      ['ada', 'ممتاز، سأكون هناك.', 4],
      ['yusuf', 'حجزت طاولة لثلاثة أشخاص باسم يوسف، رقم الحجز A-204.'],
    ],
  },
  {
    name: '週末の写真部',
    minutesAgo: 300,
    silent: ['mei'],
    lines: [
      ['sakura', '今週の土曜日、港で夕焼けを撮りませんか？'],
      ['ada', '行きたいです！三脚は必要ですか？'],
      ['sakura', 'あると便利です。日没は17時42分なので、17時に集合しましょう。', 1],
      ['ivan', 'フィルムカメラを持って行きます。今回は二台だけ。'],
      ['sakura', '二台「だけ」😂', 3],
      ['ada', '帰りにラーメンを食べましょう。'],
      ['sakura', '賛成！駅前のお店を予約しておきます。', 5],
    ],
  },
  {
    name: 'Book club',
    minutesAgo: 2 * 24 * 60,
    silent: ['mei', 'priya'],
    lines: [
      ['tomas', 'I finished it on the train and missed my stop.'],
      ['zoe', 'The ending or the middle?', 0],
      ['tomas', 'The letter in chapter nineteen.'],
      ['noa', 'No spoilers! I am at chapter eleven and everyone is still being polite.'],
      ['ada', 'Enjoy the politeness. It does not last.', 3],
      ['zoe', 'Next one is my choice: something short, with boats.'],
    ],
  },
  {
    name: 'Flat 4B',
    minutesAgo: 8 * 60,
    lines: [
      ['priya', 'The boiler is making the noise again.'],
      ['ada', 'The whistling or the whale?', 0],
      ['priya', 'The whale.'],
      ['lukasz', 'Turn the left valve a quarter to the right and sing to it. I come by at six.', 2],
      ['ada', 'It stopped! We did not even sing.'],
    ],
  },
  {
    name: 'Choir',
    minutesAgo: 5 * 24 * 60,
    silent: ['mei', 'diego', 'yusuf', 'lukasz'],
    lines: [
      ['ivan', 'Репетиция в среду в 19:00, зал на втором этаже.'],
      ['amara', 'Altos half an hour earlier, please. We need it.'],
      ['ada', 'We always need it.', 1],
      ['tomas', 'Basses will be in the pub, thinking of you.'],
      ['ivan', 'Басы тоже в 18:30.', 3],
    ],
  },
  {
    name: 'Garden plot 17',
    minutesAgo: 30,
    silent: ['priya'],
    lines: [
      ['mei', 'The tomatoes have opinions about the new fence.'],
      ['noa', 'Good or bad ones?', 0],
      ['mei', 'They lean away from it.'],
      ['ada', 'That is towards the sun, Mei.', 2],
      ['mei', 'So they say.', 3],
      ['noa', 'Watering turns this week: Mon Noa, Wed Ada, Fri Mei. OK? 👍'],
    ],
  },
]
