import { html } from 'hono/html'
import { issueOf } from '../../rules/catalogue.ts'
import type { Answer } from '../answer.ts'
import { json } from '../answer.ts'
import type { Context } from '../context.ts'
import { openapiOf } from '../openapi.ts'
import { openapi30Of } from '../openapi-3.0.ts'
import { Rejection } from '../rejection.ts'
import type { Route } from '../route.ts'
import { SWAGGER_SCRIPT } from './swagger-script.ts'
import { SWAGGER_STYLE } from './swagger-style.ts'

/**
 * The pages that describe a surface: `/swagger`, a page that tries each operation with a real token and proof, and
 * `/swagger/v1/swagger.json`, its OpenAPI document, where Swashbuckle puts it; and `/openapi-3.0.json`, the same for older
 * generators, with schemas of the payloads. They need nothing from other hosts. `types`: the resource types of the paths.
 */
export function swaggerRoutes(title: string, routes: readonly Route[], types: readonly string[]): Route[] {
  const infoOf = ({ origins, surface, world }: Context) => {
    return { title, serverUrl: origins[surface], version: world.settings.version }
  }
  const document = async (ctx: Context) => json(200, openapiOf(routes, infoOf(ctx)))
  const older = async (ctx: Context) => json(200, openapi30Of(routes, infoOf(ctx), types))
  const page = async (ctx: Context) => pageOf(title, ctx)
  return [
    get('/swagger', 'Try the operations in a browser', page),
    get('/swagger/index.html', 'Try the operations in a browser', page),
    get('/swagger/page.js', "The page's script", async () => file('text/javascript', SWAGGER_SCRIPT)),
    get('/swagger/page.css', "The page's style", async () => file('text/css', SWAGGER_STYLE)),
    get('/swagger/v1/swagger.json', 'The OpenAPI document', document),
    get('/openapi-3.0.json', 'The description for generators that do not know OpenAPI 3.1', older),
  ]
}

function get(path: string, summary: string, handler: Route['handler']): Route {
  return { method: 'GET', path, summary, steps: [], quiet: true, handler: (ctx) => inTestOnly(ctx, handler) }
}

/** JFT introduction: the description is on the /swagger endpoint in the Test environments. */
function inTestOnly(ctx: Context, handler: Route['handler']): Promise<Answer> {
  if (ctx.world.settings.environment === 'prod') {
    ctx.refuse(new Rejection(404, [issueOf('http-path', 'The description is served in the Test environment only.')]))
  }
  return handler(ctx)
}

function file(type: string, body: string): Answer {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }, body }
}

function pageOf(title: string, ctx: Context): Answer {
  const base = ctx.origins[ctx.surface]
  const body = pageText({ title, base, tokens: `${ctx.origins.ttt}/v2/create-test-token-with-key` })
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self' ${new URL(ctx.origins.ttt).origin}`,
    "frame-ancestors 'none'",
  ].join('; ')
  const page = file('text/html', body)
  return { ...page, headers: { ...page.headers, 'content-security-policy': policy } }
}

interface Page {
  readonly title: string
  readonly base: string
  readonly tokens: string
}

function pageText({ title, base, tokens }: Page): string {
  const page = html`<!doctype html>
<html lang="en" data-api="${base}/swagger/v1/swagger.json" data-tokens="${tokens}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${base}/swagger/page.css">
    <script type="module" src="${base}/swagger/page.js"></script>
  </head>
  <body>
    <header>
      <h1>${title}</h1>
      <p><a href="${base}/swagger/v1/swagger.json">OpenAPI document</a> <a href="/">Dashboard</a></p>
    </header>
    <main>
      <fieldset class="token">
        <legend>Token for each request, from the test token service</legend>
        <label>Municipality (orgnr_parent) <input id="municipality" value="313231593" inputmode="numeric"></label>
        <label>Scope <input id="scope" value="nhn:jft/api"></label>
      </fieldset>
      <div id="operations" role="status">Loading the operations</div>
    </main>
  </body>
</html>
`
  return String(page)
}
