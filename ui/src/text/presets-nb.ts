/** What each preset of a simulated failure does, and what a good client then does, in Norwegian. */
export const presetsNb: Readonly<Record<string, string>> = {
  'expired-token':
    'En innsending får 401 som om tokenet var utløpt; en god klient henter et nytt token og sender forespørselen én gang til.',
  'no-access': 'En innsending får 403; en god klient gjentar den ikke, men sier fra.',
  'status-not-found': 'Statusen til en hendelse finnes ikke med det samme; en god klient spør igjen senere.',
  'too-many-requests': 'Tre innsendinger får 429; en god klient venter så lenge som Retry-After sier.',
  'server-error':
    'En innsending får 500, og ingenting ble lagret; en god klient beholder hendelsen og sender den på nytt.',
  'bad-gateway':
    'En innsending får 502 selv om den ble lagret; en god klient regner med at et nytt forsøk gir enda en hendelse.',
  outage:
    'Alle innsendinger får 503 til den simulerte feilen utløper; en god klient beholder hendelsene og sender dem etterpå.',
  'flaky-search': 'Hvert femte søk får 503, alltid de samme for samme seed; en god klient gjentar søket.',
  'helseid-down': 'HelseID gir ikke token på tre forespørsler; en god klient venter, og maser ikke.',
  'ehr-down': 'EPJ-en svarer ikke VKP; en leverandør som bruker VKP, får et tidsavbrudd med en egen kode.',
  slow: 'En innsending tar tre sekunder lenger; en god klient har en tidsgrense som er lengre enn det.',
  unsteady: 'Hver forespørsel tar omtrent 300 ms lenger, noen mye lenger; en god klient tåler det.',
  'lost-request': 'Forbindelsen brytes før en innsending er lagret; en god klient sender den på nytt.',
  'retry-trap':
    'Forbindelsen brytes etter at en innsending er lagret: et nytt forsøk gir enda en hendelse; en god klient leter etter den første.',
  'cut-off': 'En side i et søk slutter midt i; en god klient leser siden på nytt og mister ingen hendelse.',
  trickle: 'En side i et søk kommer med 500 byte i sekundet; en god klient venter, eller gir seg på en ryddig måte.',
  'html-answer': 'En side i et søk sier at den er HTML, som fra en proxy; en god klient stoler ikke på den.',
  'delivered-twice': 'En hendelse står to ganger på en side i et søk; en god klient journalfører den én gang.',
  'stored-twice': 'En innsending lagres to ganger med hver sin id; en god leser ser at de sier det samme.',
  'stuck-registration':
    'En hendelse godtas, men blir aldri registrert; en god klient spør etter statusen, og sier fra etter en stund.',
  'failed-event': 'En hendelse godtas, og statusen sier siden at den feilet; en god klient følger med, og sier fra.',
  'nonce-demand': 'JFT krever en egen DPoP-nonce; en god klient gjentar forespørselen med noncen i et nytt bevis.',
  'new-key':
    'HelseID signerer med en ny nøkkel, og token fra den gamle gjelder fortsatt; et godt API leser JWKS på nytt.',
  'withdrawn-key':
    'HelseID signerer med en ny nøkkel, og alle eldre token får 401; en god klient henter et nytt token.',
}
