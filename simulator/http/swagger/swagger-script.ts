/**
 * The script of the swagger page, for a browser. All that it shows is set as text, never as markup. Each request gets a
 * token and a proof of its own, because a proof is for one method, one URL and one use (RFC 9449, section 4.3).
 */
export const SWAGGER_SCRIPT = String.raw`'use strict'
const { api: apiUrl, tokens: tokenUrl } = document.documentElement.dataset
const place = document.getElementById('operations')

start().catch((error) => place.replaceChildren('The operations could not be read: ' + error.message))

async function start() {
  const api = await readJson(await fetch(apiUrl))
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
  place.removeAttribute('role')
  place.replaceChildren(...operations.map((operation) => operationView(operation, api.servers[0].url)))
}

async function readJson(response) {
  if (!response.ok) throw new Error(response.url + ' answered ' + response.status + ': ' + (await response.text()))
  return response.json()
}

/** Makes an element. Children are elements or text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

function operationView(operation, server) {
  const { method, path, summary, description = '', parameters = [], requestBody, responses } = operation
  const shown = parameters.filter((parameter) => parameter.name !== 'DPoP')
  const output = element('div', { class: 'answer', role: 'status' })
  const form = element('form', {}, ...shown.map(parameterField), ...bodyFields(requestBody))
  form.append(element('button', { type: 'submit' }, 'Send'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    output.replaceChildren('Sending')
    output.replaceChildren(...(await answerView(operation, server, new FormData(form)).catch(failure)))
  })
  const head = element('summary', {}, element('b', {}, method), element('code', {}, path), element('span', {}, summary))
  return element('details', {}, head, element('p', {}, description), form, output, responseList(responses))
}

function failure(error) {
  return [element('p', { class: 'failed' }, error.message)]
}

function responseList(responses) {
  const rows = Object.entries(responses).map(([status, { description }]) =>
    element('div', {}, element('dt', {}, status), element('dd', {}, description)),
  )
  return element('dl', { class: 'responses' }, ...rows)
}

function parameterField({ name, in: where, description, schema, example = '', required = false }) {
  const attributes = { name: where + ' ' + name, ...(required ? { required: '' } : {}) }
  const field = schema.enum
    ? element('select', attributes, ...schema.enum.map((value) => element('option', {}, value)))
    : element('input', { ...attributes, placeholder: example, autocomplete: 'off' })
  const help = element('small', {}, where + (description ? ': ' + description : ''))
  return element('label', {}, element('span', {}, name, ' ', help), field)
}

function bodyFields(requestBody) {
  if (!requestBody) return []
  const types = Object.entries(requestBody.content)
  const [, first] = types[0]
  const type = element('select', { name: 'type' }, ...types.map(([name]) => element('option', {}, name)))
  const body = element('textarea', { name: 'body', rows: '14', spellcheck: 'false' }, pretty(first.example))
  type.addEventListener('change', () => {
    body.value = pretty(requestBody.content[type.value].example)
  })
  return [element('label', {}, 'Content-Type', type), element('label', {}, 'Body', body)]
}

function pretty(example) {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2)
}

async function answerView(operation, server, fields) {
  const request = requestOf(operation, server, fields)
  const response = await fetch(request.url, { ...request, credentials: 'omit', headers: { ...request.headers, ...(await credentials(request)) } })
  const text = await response.text()
  const headers = [...response.headers].map(([name, value]) => name + ': ' + value).join('\n')
  return [
    element('p', {}, element('strong', { class: response.ok ? 'ok' : 'failed' }, String(response.status)), ' ', ...exchangeLink(response)),
    element('pre', {}, headers),
    ...(text === '' ? [] : [element('pre', {}, indented(text))]),
  ]
}

/** What is left empty is not sent. */
function requestOf({ method, path, parameters = [] }, server, fields) {
  const url = new URL(server + path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(fields.get('path ' + name))))
  const headers = {}
  for (const { name, in: where } of parameters) {
    const value = fields.get(where + ' ' + name)
    if (!value) continue
    if (where === 'query') url.searchParams.append(name, value)
    if (where === 'header') headers[name] = value
  }
  if (!fields.has('body')) return { method, url: url.href, headers }
  return { method, url: url.href, headers: { ...headers, 'content-type': fields.get('type') }, body: fields.get('body') }
}

/** A token for the scope's API, and a proof for this request: htu is its URL without the query (RFC 9449, section 4.2). */
async function credentials({ method, url }) {
  const scope = document.getElementById('scope').value
  const order = {
    audience: scope.split('/')[0],
    withoutDefaultUserClaims: true,
    createDPoPTokenWithDPoPProof: true,
    dPoPProofParameters: { htuClaimValue: url.split('?')[0], htmClaimValue: method },
    clientClaimsParameters: {
      scope: [scope],
      orgnrParent: document.getElementById('municipality').value,
      clientName: 'Swagger page',
    },
  }
  const headers = { 'content-type': 'application/json' }
  const answer = await readJson(await fetch(tokenUrl, { method: 'POST', credentials: 'omit', headers, body: JSON.stringify(order) }))
  const { accessTokenJwt, dPoPProof } = answer.successResponse
  return { authorization: 'DPoP ' + accessTokenJwt, dpop: dPoPProof }
}

/** The dashboard shows each exchange with its steps. */
function exchangeLink(response) {
  const at = response.headers.get('jftsim-exchange')
  if (!at) return []
  const { search, hash } = new URL(at)
  return [element('a', { href: '/' + search + hash }, 'Steps of this request')]
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
`
