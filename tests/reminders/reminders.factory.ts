import type { Story } from '#shared/reminders/reminders.story.ts'

const said = (fr: string, en: string) => ({ fr, en })

/** A short reminder in French and English, with one choice of ways; change what a test is about. */
export function written(change: (story: Story) => void = () => {}): Story {
  const story: Story = {
    format: '10-de-coeur/reminder',
    version: 1,
    languages: ['fr', 'en'],
    title: said('Quarante minutes', 'Forty minutes'),
    teaser: said('Maryse attend, le pain aussi.', 'Maryse waits, and so does the bread.'),
    teller: { firstName: 'Maryse', job: said('boulangère', 'baker'), drawing: 'home' },
    scenes: [
      {
        id: 'oven',
        drawing: 'phone',
        text: said(
          'Il est cinq heures, le four chauffe. Le terminal de paiement ne répond plus.',
          'It is five, the oven is warming up. The card reader is dead.',
        ),
        voice: {
          who: said('Le téléphone', 'The telephone'),
          says: said('Un conseiller va prendre votre appel.', 'Somebody will take your call.'),
        },
        ways: [
          { words: said('Rester en ligne', 'Stay on the line'), to: 'waiting' },
          { words: said('Raccrocher', 'Hang up'), to: 'shop' },
        ],
      },
      {
        id: 'waiting',
        drawing: 'clock',
        text: said('La musique recommence. Je pétris d’une main.', 'The music starts again.'),
        voice: null,
        ways: [{ words: null, to: 'answered' }],
      },
      {
        id: 'shop',
        drawing: 'queue',
        text: said('On ne prend que les pièces. La file grogne.', 'Coins only. People grumble.'),
        voice: null,
        ways: [{ words: null, to: 'answered' }],
      },
      {
        id: 'answered',
        drawing: 'headset',
        text: said('Enfin une voix. Je ne sais plus par où commencer.', 'A voice at last.'),
        voice: null,
        ways: [],
      },
    ],
    emotion: {
      feeling: 'weariness',
      word: said('lassitude', 'weariness'),
      line: said('Même plus la force de se fâcher.', 'Too tired to be angry.'),
    },
    question: said('Et vous, que répondriez-vous ?', 'And you, what would you say?'),
    reactions: [
      {
        id: 'listen',
        text: said(
          'Quarante minutes, c’est long. Racontez-moi.',
          'Forty minutes is long. Tell me.',
        ),
        move: 'listen',
        warmth: 5,
        why: said('On entend d’abord la fatigue.', 'The tiredness is heard first.'),
        technique: 'name-it',
      },
      {
        id: 'excuse',
        text: said('Nous sommes désolés, il y a beaucoup d’appels.', 'Sorry, we have many calls.'),
        move: 'excuse',
        warmth: 2,
        why: said('C’est vrai, et Maryse reste seule avec.', 'True, and it leaves her alone.'),
        technique: 'name-it',
      },
      {
        id: 'own',
        text: said('Je reste avec vous jusqu’à ce que cela marche.', 'I stay until it works.'),
        move: 'own',
        warmth: 4,
        why: said('Elle sait que quelqu’un s’en occupe.', 'She knows somebody cares for it.'),
        technique: 'name-it',
      },
    ],
    techniques: [
      {
        id: 'name-it',
        name: said('Nommer avant de résoudre', 'Name it first'),
        how: said(
          'Dites ce que la personne a vécu, puis agissez.',
          'Say what it was like, then act.',
        ),
        example: said('Quarante minutes, à l’heure du pain.', 'Forty minutes, at bread time.'),
      },
    ],
    missions: [
      {
        id: 'three-calls',
        text: said(
          'Nommez l’attente dans vos trois prochains appels.',
          'Name the wait three times.',
        ),
        tip: said('Une phrase suffit.', 'One sentence will do.'),
      },
      {
        id: 'until',
        text: said('Dites une fois « je reste avec vous ».', 'Say “I stay with you” once.'),
        tip: said('Quand vous pouvez le tenir.', 'When you can keep it.'),
      },
    ],
    askAfterDays: 7,
  }
  change(story)
  return story
}
