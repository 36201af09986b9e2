/** Where the page of each kind of personal link lives; the web's router knows the same paths. */
export const linkPaths = {
  'sign-in': '/connexion/',
  slot: '/creneau/',
  placement: '/affectation/',
  'seat-offer': '/offre/',
  handover: '/relais/',
  actions: '/mes-actions/',
  'opt-out': '/desinscription/',
  workshop: '/atelier/',
  facilitator: '/animation/',
  reminder: '/rappel/',
  programme: '/parcours/',
} as const

/** Pages that mails lead to and that ask whoever opens them to sign in. */
export const pagePaths = {
  signUp: (dayId: string) => `/journees/${dayId}/voeux`,
  changes: (dayId: string) => `/journees/${dayId}/ce-qui-a-change`,
  myObservations: (dayId: string) => `/journees/${dayId}/mes-observations`,
  thanks: (dayId: string) => `/journees/${dayId}/merci`,
}
