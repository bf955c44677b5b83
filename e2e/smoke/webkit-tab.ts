import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Builder, By, type WebDriver, error as WebDriverError } from 'selenium-webdriver'
import { until as comes } from './steps.ts'
import { type Tab, xpathOf } from './tab.ts'

/** WebKitGTK by the driver that Debian has beside it, on a screen that nobody sees. */
export async function webkitTab(driver: string): Promise<Tab> {
  const port = await freePort()
  const child = spawn('xvfb-run', ['--auto-servernum', driver, `--port=${port}`], { stdio: 'ignore', detached: true })
  const url = `http://127.0.0.1:${port}/`
  await comes('the driver of WebKitGTK', () =>
    fetch(`${url}status`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  // What the driver starts where nothing else is named.
  const session = await new Builder().usingServer(url).forBrowser('MiniBrowser').build()
  const capabilities = await session.getCapabilities()
  return {
    browser: `WebKitGTK ${capabilities.getBrowserVersion()}`,
    open: (address) => session.get(address),
    press: (words) => comes(`"${words}" to press`, () => pressed(session, words)),
    evaluate: (expression) => session.executeScript(`return ${expression}`),
    close: () => session.quit().finally(() => end(child)),
  }
}

/** Whether it could be pressed: it may not be there yet, move, or be drawn again. */
async function pressed(session: WebDriver, words: string): Promise<boolean> {
  try {
    const found = await session.findElement(By.xpath(xpathOf(words)))
    // At the edge, where the driver would bring it, the header of the page lies over it.
    await session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", found)
    await found.click()
    return true
  } catch (error) {
    if (error instanceof WebDriverError.WebDriverError) return false
    throw error
  }
}

/** The screen ends with the driver, and the driver with its group. */
function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
