import type { SettingName } from '../../../simulator/surfaces/control/types.ts'
import type { SettingText } from './rules-nb/rule-text.ts'

/** The silent points in Norwegian (bokmål), by the name of their setting. */
export const settingsNb: Readonly<Record<SettingName, SettingText>> = {
  errorBody: {
    question: 'Hvilket innhold har et 400-svar?',
    reasoning:
      'VKP svarer med en OperationOutcome, og Firely, som JFT ser ut til å bruke, lager en; andre NHN-tjenester bruker problem+json.',
  },
  firelySdk: {
    question: 'Hvem sine koder og meldinger gir formatkontrollen: Firely SDK 5 eller 6?',
    reasoning: 'NHNs offentlige eksempelkode er låst til 5.11.',
  },
  mostIssues: {
    question: 'Hvor mange feil nevner et svar på feil innhold?',
    reasoning: 'Biblioteket nevner alle. 900 kB kan ha 400 000; av resten fortelles bare hvor mange de er.',
  },
  firelyMode: {
    question:
      'I hvilken modus leser SDK 6: slik den gjør av seg selv, eller også strengt på store og små bokstaver i navn?',
    reasoning: 'DEFAULT er det en tjeneste får som ikke ber om noe; STRICT kom til ved siden av.',
  },
  firelyThrowsStatus: {
    question: 'Hvilken status får en body som biblioteket kaster et unntak på, i stedet for å melde hva som er galt?',
    reasoning:
      'En tjeneste som bare fanger DeserializationFailedException, svarer 500; 400 er det som er dokumentert for ugyldige bodyer.',
  },
  dotnet: {
    question:
      'Hvilken .NET kjører formatkontrollen: 8 eller senere, eller en tidligere? Blanke tegn i base64 og komma foran brøkdelen av et sekund avhenger av den.',
    reasoning: 'NHNs åpne eksempler er bygget for .NET 9.',
  },
  acceptedBody: {
    question: 'Har et 202-svar noe innhold?',
    reasoning: 'Bare Location-headeren er beskrevet.',
  },
  locationHost: {
    question: 'Hvilken vert oppgir Location-headeren?',
    reasoning: '$status er et endepunkt i ReadAPI, og innsending et i WriteAPI, så URL-en må være absolutt.',
  },
  acknowledgedTag: {
    question: 'Hvilket system og hvilken kode har _tag for en kvittert hendelse?',
    reasoning:
      'Følger mønsteret til de dokumenterte tagsystemene og navnet på operasjonen. Bare koden eller bare systemet godtas også.',
  },
  acknowledgedTagReturned: {
    question: 'Returneres kvitteringen som en tag?',
    reasoning: 'Den fullstendige listen over metadata har fire tagger, og ingen for dette.',
  },
  countDefault: {
    question: 'Hvor mange hendelser har en side uten _count?',
    reasoning: 'Søstertjenesten PIT sier 20.',
  },
  countMax: {
    question: 'Hvor stor kan _count være?',
    reasoning: 'Søstertjenesten PIT sier 50.',
  },
  countOutOfRange: {
    question: 'Hva skjer med en _count utenfor grensene?',
    reasoning: 'En avvisning oppdages med en gang; det gjør ikke en side som er mindre enn ønsket.',
  },
  lastUpdatedPrefix: {
    question: 'Må _lastUpdated ha et prefiks?',
    reasoning: 'Søstertjenesten PIT krever gt, ge, lt eller le.',
  },
  lastUpdatedPrecision: {
    question: 'Hvor presist må tidspunktet i _lastUpdated være?',
    reasoning: 'Søstertjenesten PIT krever minst minutter.',
  },
  lastUpdatedMeaning: {
    question: 'Er et tidspunkt i _lastUpdated ett øyeblikk, eller alt som presisjonen dekker?',
    reasoning:
      'FHIR R4 sier et tidsrom. JFT utelater nuller på slutten av sine egne tidsstempler, så med et tidsrom ville en klient som fortsetter fra et tidsstempel på et helt sekund, gå glipp av hendelser.',
  },
  unknownParameter: {
    question: 'Hva skjer med en ukjent søkeparameter?',
    reasoning:
      'FHIR lar en server se bort fra den; en avvisning avslører et feilstavet filter, som ellers ville returnert alt.',
  },
  countWithCursor: {
    question: 'Hva gjør _count sammen med en cursor?',
    reasoning:
      'Den dokumenterte next-lenken har bare cursoren, så sidestørrelsen ligger i den; for _sort er det dokumentert at den ignoreres.',
  },
  invalidCursorStatus: {
    question: 'Hvilken status får en cursor som er endret, eller som tilhører en annen?',
    reasoning: 'Feil bruk av en cursor er dokumentert som en valideringsfeil.',
  },
  cursorLifetimeSeconds: {
    question: 'Hvor lenge varer en cursor? 0: for alltid.',
    reasoning: 'Ingenting er sagt om at den utløper.',
  },
  searchTotal: {
    question: 'Har et searchset total?',
    reasoning: 'Keyset-paginering har det vanligvis ikke.',
  },
  resourceId: {
    question: 'Hvem sin id har en ressurs som returneres: innsenderens eller JFTs?',
    reasoning: 'JFT tildeler ressursen en id, og journalsystemet trenger den for å kvittere.',
  },
  clientTags: {
    question: 'Hva skjer med innsenderens egne meta.tag?',
    reasoning: 'De dokumenterte taggene legges til; ingenting sier at andre tas bort.',
  },
  unauthorizedBody: {
    question: 'Har et 401- eller 403-svar noe innhold?',
    reasoning: 'ASP.NET sender ikke noe. Simulatoren forklarer seg, med mindre den blir bedt om å være like taus.',
  },
  missingScopeStatus: {
    question: 'Hvilken status får et token uten scopet?',
    reasoning: 'EDI 2.0 oppgir 403.',
  },
  missingMunicipalityStatus: {
    question: 'Hvilken status får et token uten orgnr_parent?',
    reasoning: 'Claimet står under tilgangskontroll.',
  },
  identityNumberStatus: {
    question: 'Hvilken status gir et avvist fødselsnummer?',
    reasoning: 'Det står sammen med formatkontrollen, som gir 400.',
  },
  organizationNumberStatus: {
    question: 'Hvilken status gir et avvist organisasjonsnummer i et claim?',
    reasoning: 'Det er en egenskap ved tokenet, ikke ved innholdet.',
  },
  identityNumberScope: {
    question: 'Hvor letes det etter fødselsnumre?',
    reasoning:
      'I hver Identifier med systemet for fødselsnummer, D-nummer eller felles hjelpenummer, uansett hvor dypt den ligger.',
  },
  otherSyntheticSeries: {
    question: 'Er +40-numre (NAV) og felles hjelpenumre (FH) syntetiske?',
    reasoning: 'JFT anbefaler SyntPop, som har +80 og +65; ingen nevner de andre.',
  },
  foreignEventStatus: {
    question: 'Hvilken status gir en hendelse som tilhører en annen kommune?',
    reasoning: '404 røper ikke at den finnes.',
  },
  isolation: {
    question: 'Hvem ser en hendelse, og har hver leser sin egen status?',
    reasoning: 'Hendelser lagres per kommune; $status kjenner ett tidspunkt for lesing.',
  },
  acknowledgeBy: {
    question: 'Kan innsenderen kvittere for sin egen hendelse?',
    reasoning: 'Det er ett scope og ingen rolle.',
  },
  readMarkedBy: {
    question: 'Hvem sitt søk merker en hendelse som lest?',
    reasoning: 'Den første hentingen registreres, og ingen rolle er nevnt. $status teller ikke.',
  },
  readUpdatesLastUpdated: {
    question: 'Endrer lesing meta.lastUpdated?',
    reasoning: 'FHIR lager ingen ny versjon når en tag endres; en leser ville jaget sine egne lesinger.',
  },
  acknowledgeUpdatesLastUpdated: {
    question: 'Endrer kvittering meta.lastUpdated?',
    reasoning: 'Som for lesing.',
  },
  registrationDelayMs: {
    question: 'Hvor lang tid tar registreringen etter 202?',
    reasoning: 'Hendelser lagres for videre behandling. 0 holder testene raske.',
  },
  statusBeforeRegistered: {
    question: 'Hva sier $status før registreringen?',
    reasoning: '202-svaret oppgir URL-en, så den finnes; registered er null inntil da.',
  },
  failed: {
    question: 'Når har $status et tidspunkt i failed?',
    reasoning: 'Det er «to be defined»: null, med mindre en innlagt feil setter det.',
  },
  duplicateSubmission: {
    question: 'Hva skjer når det samme innholdet sendes inn to ganger?',
    reasoning: 'Ingen idempotens er dokumentert: hver POST er en ny hendelse.',
  },
  repeatedAcknowledgement: {
    question: 'Hva endrer en kvittering nummer to?',
    reasoning: 'Tidspunktet da en kvittering ble sendt inn, beholdes.',
  },
  acknowledgeBeforeRead: {
    question: 'Kan det kvitteres for en hendelse før den er lest?',
    reasoning: 'Ingenting forbyr det.',
  },
  sizeLimitBytes: {
    question: 'Hvor mange byte er «approximately 1 MB»?',
    reasoning: '1 MiB; innholdet i en større forespørsel leses ikke.',
  },
  contentTypes: {
    question: 'Hvilke innholdstyper kan en innsending ha?',
    reasoning: 'Eksemplene sender application/json; FHIR har sin egen.',
  },
  wrongResourceTypeStatus: {
    question: 'Hvilken status får innhold av en annen ressurstype enn den i stien?',
    reasoning: 'Det er et avvist format.',
  },
  bundleType: {
    question: 'Hvilken Bundle.type kan en innsending ha?',
    reasoning:
      'NHNs eksempler gikk fra transaction (januar 2026) til document (februar); parseren godtar alle kodene i R4.',
  },
  profileValidation: {
    question: 'Kontrolleres profiler, terminologi og invarianter?',
    reasoning: 'Deserialisering av R4 kontrollerer ingen av dem, og NHNs eget eksempel ville blitt avvist.',
  },
  whitespaceOnlyStrings: {
    question: 'Godtas strenger med bare blanke tegn?',
    reasoning: 'Kildekoden til Firely SDK 5 ser bare etter tomme strenger; feilmeldingen dens sier noe annet.',
  },
  requestsPerMinute: {
    question: 'Hvor mange forespørsler kan en klient sende i minuttet? 0: ingen grense.',
    reasoning: 'Ingen grense er dokumentert. Andre NHN-tjenester svarer 429 uten innhold.',
  },
  eventIdGenerated: {
    question: 'Svarer tjenesten med nhn-event-id når ingen ble sendt?',
    reasoning: 'Søstertjenester bruker headeren; JFT nevner den ikke.',
  },
  sourceSystemLength: {
    question: 'Hva skjer med en nhn-source-system utenfor 3 til 512 tegn?',
    reasoning: 'Søstertjenester oppgir de grensene; JFT oppgir ingen.',
  },
  retention: {
    question: 'Hvor lenge beholdes hendelser, og kan de slettes eller rettes?',
    reasoning: 'Ingenting er sagt. De blir værende til sandkassen nullstilles.',
  },
  metadata: {
    question: 'Finnes det en CapabilityStatement på /metadata?',
    reasoning: 'Søstertjenester har en; JFT beskriver API-et sitt på /swagger, bare i Test.',
  },
  unprocessableStatus: {
    question: 'Svarer JFT noen gang 422?',
    reasoning: 'Ingen søstertjeneste gjør det; det som avvises, får 400.',
  },
  pitProcessingDelayMs: {
    question: 'Hvor mange millisekunder etter 202-svaret kan en pasient leses?',
    reasoning: 'Den legges i kø for behandling etter mottak; hvor lenge det varer, er ikke sagt.',
  },
  pitLocation: { question: 'Har 202-svaret en Location, og finnes $status?', reasoning: 'Siden nevner ingen av dem.' },
  pitSearchByPost: { question: 'Finnes POST /v1/Patient/_search?', reasoning: 'Siden har bare GET; JFT har begge.' },
  pitOtherInteractions: {
    question: 'Kan én pasient leses, endres eller slettes med id-en sin?',
    reasoning: 'Siden har ingen av delene.',
  },
  pitCountOutOfRange: {
    question: 'Hva skjer med en _count utenfor 1 til 50?',
    reasoning: 'En avvisning ses med en gang; en mindre side enn den man ba om, ses ikke.',
  },
  pitSizeLimitBytes: {
    question: 'Hvor mange byte er «approximately 900 KB»?',
    reasoning: '900 ganger 1024; innholdet i en større forespørsel leses ikke.',
  },
  pitIsolation: {
    question: 'Hvem ser hvilke pasienter?',
    reasoning: 'Kommunen i orgnr_parent ser sine egne, som i JFT.',
  },
  pitSamePerson: {
    question: 'Hva skjer med en person som overleveres på nytt?',
    reasoning:
      'Et tidspunkt for siste oppdatering betyr at det finnes oppdateringer: den seneste erstatter den forrige, etter fødselsnummer innen kommunen; uten et slikt etter den første andre identifikatoren.',
  },
  pitProfile: {
    question: 'Hvilken profil må en pasient følge?',
    reasoning: 'Siden nevner ingen; no-basis-Patient ville vært sannsynlig.',
  },
  pitIdentityNumbers: {
    question: 'Avvises fødselsnumre fra den ekte serien i Test?',
    reasoning: 'Bare syntetiske enheter kan brukes i Test; personer er ikke nevnt.',
  },
  pitOrganizationNumbers: {
    question: 'Avvises organisasjonsnumre fra den ekte serien i Test?',
    reasoning: 'Bare syntetiske enheter kan brukes i Test; statusen er ikke sagt.',
  },
  pitTags: {
    question: 'Hvilke tagger legger tjenesten til i meta?',
    reasoning: 'Siden nevner ingen; simulatoren legger til lastUpdated og ikke noe annet.',
  },
  pitErrors: {
    question: 'Hvordan ser avvisninger ut, og hvilke headere kommer tilbake?',
    reasoning: 'Ingenting er sagt: innstillingene for JFT gjelder.',
  },
  vkpSuccessStatus: {
    question: 'Hvilken status får en innsending som VKP tok imot?',
    reasoning: 'NHNs eksempel godtar alle 2xx og leser ikke innholdet; simulatoren sender ikke noe.',
  },
  vkpProxyAnswer: {
    question: 'Hva ser leverandøren av JFT når VKP er proxy: ingenting, eller 202 og Location fra JFT?',
    reasoning: 'Leverandører kan fortsette uten å endre implementasjonen sin (VKP as reverse proxy).',
  },
  vkpJftRefusal: {
    question: 'Ser leverandøren at JFT avviste hendelsen, eller er det bare kommunen som ser det, på VKPs Min side?',
    reasoning:
      'En avvisning som oppdages med en gang, kan rettes. Min side lister opp feilede meldinger, og det taler for det andre.',
  },
  vkpJftDown: {
    question: 'Hva ser leverandøren når JFT ikke svarer?',
    reasoning:
      'VKP har koden 3.1 for tidsavbrudd; den kan også tenkes å ta vare på hendelsen. Simulatoren sender ingenting på nytt senere.',
  },
  vkpRefusalBody: {
    question: 'Hvilket innhold har en avvisning med en annen status enn 400?',
    reasoning:
      'NHNs eksempel leser bare innholdet i et 400-svar. Det som VKPs eget register ikke tillater, avvises med 400 og en kode 1.x.',
  },
  vkpExchangedClient: {
    question:
      'Hvem sin client_id står i tokenet VKP har vekslet til seg, og dermed i JFTs source-client-id: VKPs (actor) eller leverandørens (subject)?',
    reasoning:
      'I RFC 8693 (4.3) er client_id klienten som ba om tokenet; delegeringsmønsteret til Duende beholder den fra subject.',
  },
  vkpSourceSystem: {
    question: 'Hvilken nhn-source-system sender VKP til JFT?',
    reasoning: 'Headeren er valgfri, og ingenting sier at VKP sender den.',
  },
  vkpEventIdGenerated: {
    question: 'Svarer VKP med nhn-event-id når ingen ble sendt?',
    reasoning:
      'VKP nevner ingen korrelasjons-ID; simulatoren svarer med headeren fra søstertjenestene og sender den videre.',
  },
  vkpNotForwarded: {
    question: 'Hva skjer med en Encounter eller en Communication når VKP er proxy?',
    reasoning:
      'JFT har ikke noe endepunkt for dem, og VKP har alltid tatt imot dem: de følger fortsatt den klassiske ruten.',
  },
  corrections: {
    question: 'Hva retter VKP før den sender til JFT?',
    reasoning:
      'Siden lister opp de to vanligste feilene, så det finnes flere; det en tolerant parser selv reparerer, er lagt til grunn. none: som før mars 2026.',
  },
  vkpProfileCheck: {
    question:
      'Avviser VKP en Composition eller MedicationDispense som mangler noe bare VKPs egne profiler gjør obligatorisk?',
    reasoning: 'Eldre negative tester mangler category eller performer; det som er publisert i dag, nevner det ikke.',
  },
  vkpServiceCodesMissing: {
    question: 'Hvilken kode gir et søk uten headeren ServiceCodes?',
    reasoning:
      'En parameter som mangler, er feil antall parametere; uten tjenstlig behov kan det være at søket ikke er tillatt.',
  },
  vkpMissingDates: {
    question: 'Hva skjer med et søk etter besøksplaner eller tiltaksplaner uten datoer?',
    reasoning: 'NHNs eksempel sender alltid to. En avvisning oppdages med en gang.',
  },
  apiChallenge: {
    question: 'Hva svarer et API på et feil token, proof eller scope?',
    reasoning:
      'Formen i RFC 9449 forklarer seg selv. Et API av den typen NHNs eksempler har, på ASP.NET, svarer Bearer error="invalid_token" også på feil i DPoP, uten beskrivelse når det er proofet som er feil, og 403 uten challenge på et manglende scope; ingen av dem har innhold.',
  },
  pathForms: {
    question:
      'Godtas en sti med andre store og små bokstaver, eller med skråstrek til slutt? Det gjelder også PIT og VKP.',
    reasoning:
      'ASP.NET, som tjenestene ser ut til å være, godtar begge deler. Den dokumenterte formen er alltid riktig, så utvekslingen får en advarsel.',
  },
  staticPatients: {
    question:
      'Hvilken EPJ har de samme opplysningene for ethvert gyldig fødselsnummer: bare den til 314159265, alle, eller ingen?',
    reasoning:
      'NHN sier at svarene fra VKPs test-API er statiske for ethvert gyldig nummer, og eksemplene kaller det for 314159265, med datoer i 2024. De andre viser hva en ekte EPJ gjør med en person den ikke har.',
  },
  tokenErrorDescription: {
    question: 'Sier error_description hvorfor et tokenkall ble avvist, der HelseID bare sier invalid_client?',
    reasoning:
      'HelseIDs svar er nakent. Det simulatoren fant, står i jft_simulator, som bibliotekene for .NET og Java kaster; `explained` legger det der de ser.',
  },
  rotatedKeys: {
    question: 'Hva skjer med den eldre nøkkelen til en klient som gir seg selv en ny på /v1/client-secret?',
    reasoning:
      'HelseID.Library kaller det en oppdatering av klientens hemmelighet. En klient som fortsetter med den eldre nøkkelen, oppdages med en gang.',
  },
  accessTokenLifetimeSeconds: {
    question: 'Hvor mange sekunder er et access token gyldig? En klient kan registreres med sin egen levetid.',
    reasoning:
      'Det varierer fra klient til klient: tokener på 600 og 3600 sekunder er publisert, 60 er målt i testmiljøet.',
  },
  assertionReuse: {
    question:
      'Hva skjer med en client assertion som er brukt før, om så i den første forespørselen av runden for å få en nonce?',
    reasoning:
      'NHNs Java-bibliotek bruker den samme to ganger, så det godtas i dag; HelseID har varslet at det vil kreve en ny for hver forespørsel.',
  },
}
