import { newId } from '#server/platform/identity.ts'
import type { RoleDrawing } from '#shared/roster/roster.contract.ts'
import type { SiteKind, StandardRole } from '#shared/roster/roster.vocabulary.ts'

interface RoleStory {
  code: StandardRole
  nameFr: string
  nameEn: string
  drawing: RoleDrawing
  siteKind: SiteKind
  /** Three lines: what a morning is like; how demanding it is; what to wear. */
  teaserFr: string
  teaserEn: string
}

/** The jobs every region starts with, as the cards of the sign-up tell them. */
export const roleStories: readonly RoleStory[] = [
  {
    code: 'support_operator',
    nameFr: 'Téléopérateur·rice assistance',
    nameEn: 'Technical support operator',
    drawing: 'headset',
    siteKind: 'plateau',
    teaserFr:
      'Double casque sur les oreilles : une box qui clignote, un écran noir, et quelqu’un qui cherche avec vous la bonne question.\n' +
      'Assis·e, au calme relatif du plateau ; il faut aimer écouter et comprendre avant d’agir.\n' +
      'Tenue de tous les jours.',
    teaserEn:
      'A second headset on your ears: a blinking box, a black screen, and somebody who looks for the right question with you.\n' +
      'Seated, in the relative calm of the floor; bring a taste for listening and understanding before acting.\n' +
      'Everyday clothes.',
  },
  {
    code: 'service_operator',
    nameFr: 'Téléopérateur·rice service client',
    nameEn: 'Customer service operator',
    drawing: 'headset',
    siteKind: 'plateau',
    teaserFr:
      'Une facture qui étonne, un déménagement, une offre à changer : dix vies racontées en une matinée, et une réponse pour chacune.\n' +
      'Assis·e, le rythme est soutenu ; on respire ensemble entre deux appels.\n' +
      'Tenue de tous les jours.',
    teaserEn:
      'A surprising bill, a move, a plan to change: ten lives told in one morning, and an answer for each.\n' +
      'Seated, at a lively pace; you catch your breath together between two calls.\n' +
      'Everyday clothes.',
  },
  {
    code: 'callback_operator',
    nameFr: 'Opérateur·rice de rappel',
    nameEn: 'Call-back operator',
    drawing: 'callback',
    siteKind: 'plateau',
    teaserFr:
      'Vous rappelez ensemble des clients qui ont dit leur mécontentement : on les écoute jusqu’au bout, puis on cherche ce qu’on peut réparer.\n' +
      'Assis·e, mais les émotions sont vives ; un mot juste y change tout.\n' +
      'Tenue de tous les jours.',
    teaserEn:
      'Together you call back customers who said they were unhappy: hear them out, then look for what can be mended.\n' +
      'Seated, yet feelings run high; the right word changes everything.\n' +
      'Everyday clothes.',
  },
  {
    code: 'shop_seller',
    nameFr: 'Vendeur·se en boutique',
    nameEn: 'Shop seller',
    drawing: 'counter',
    siteKind: 'boutique',
    teaserFr:
      'Le rideau se lève, les premiers clients sont déjà là : accueillir, conseiller, réparer une histoire commencée ailleurs.\n' +
      'Debout presque toute la matinée, dans le mouvement et les visages.\n' +
      'Chaussures confortables et tenue soignée.',
    teaserEn:
      'The shutter goes up and the first customers are there: welcome, advise, mend a story that began elsewhere.\n' +
      'On your feet most of the morning, among movement and faces.\n' +
      'Comfortable shoes and smart clothes.',
  },
  {
    code: 'field_technician',
    nameFr: 'Technicien·ne d’intervention',
    nameEn: 'Field technician',
    drawing: 'van',
    siteKind: 'intervention',
    teaserFr:
      'Départ tôt en fourgon : une panne dans un immeuble, un raccordement au bout d’un chemin, un café offert quand la ligne revit.\n' +
      'Dehors par tous les temps, parfois à genoux ; on monte et on descend de voiture.\n' +
      'Vêtements solides, chaussures fermées ; casque et gilet vous sont prêtés.',
    teaserEn:
      'An early start in the van: a fault in a block of flats, a connection at the end of a lane, a coffee when the line comes back to life.\n' +
      'Outdoors whatever the weather, sometimes on your knees; in and out of the van all morning.\n' +
      'Sturdy clothes and closed shoes; helmet and vest are lent to you.',
  },
]

/** Rows for the roles a new region starts with, in the order of the cards. */
export function standardRoleRows(regionId: string, now: Date) {
  return roleStories.map((story, position) => ({
    id: newId(now),
    region_id: regionId,
    code: story.code,
    name_fr: story.nameFr,
    name_en: story.nameEn,
    teaser_fr: story.teaserFr,
    teaser_en: story.teaserEn,
    drawing: story.drawing,
    site_kind: story.siteKind,
    position,
    archived_at: null,
  }))
}
