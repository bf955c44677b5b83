import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { KEY_FOLDER } from '../../simulator/adapters/key-file.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { readText, writing } from '../files.ts'
import { hostsLines, otherEntries, systemHostsFile, withHosts, withoutHosts } from '../https/hosts-file.ts'
import { REAL_TEST_HOSTS } from '../https/names.ts'
import { print, tell } from '../print.ts'

interface HostsFlags {
  readonly apply?: boolean
  readonly remove?: boolean
  readonly yes?: boolean
  readonly file: string
}

/** `jftsim hosts`: how programs reach the simulator by the real host names, as they are published. */
export function hosts(): Command {
  return new Command('hosts')
    .description('Lead the real host names to this machine, so that programs run with their own URLs')
    .option('--apply', 'write the entries into the hosts file, after asking')
    .option('--remove', 'take them out again, after asking')
    .option('--yes', 'do not ask')
    .option('--file <path>', 'the hosts file', systemHostsFile(process.platform, process.env))
    .addHelpText('after', '\nExit code: 0 when it was printed, written or removed, 2 for wrong use.')
    .action(run)
}

async function run({ apply, remove, yes, file }: HostsFlags): Promise<void> {
  if (apply && remove) throw new CliError('--apply and --remove exclude each other.')
  const lines = hostsLines(REAL_TEST_HOSTS)
  if (!apply && !remove) return print(recipe(lines, file))
  const text = readText(file)
  const next = remove ? withoutHosts(text) : withHosts(text, lines)
  if (next === text) return print(remove ? `${file} has no entries of ours.` : `${file} has these entries already.`)
  const others = otherEntries(text, REAL_TEST_HOSTS)
  if (apply && others.length > 0)
    tell(`Before ours, and so obeyed first: ${others.map((line) => line.trim()).join('; ')}`)
  const question = remove ? `Take the entries out of ${file}?` : `Add to ${file}:\n${lines.join('\n')}\nShall I?`
  if (!yes && !(await confirmed(question))) return print('Nothing was changed.')
  writing(file, () => writeFileSync(file, next), '. Run it with the rights that this file asks for.')
  print(remove ? `Removed from ${file}: the real names lead to the real hosts again.` : `Written to ${file}.`)
}

/** All that a program needs to run as it is published. */
function recipe(lines: readonly string[], file: string): string {
  const caFile = resolve(join(KEY_FOLDER, 'ca.pem'))
  return [
    `1. Lines for ${file} (--apply writes them, --remove takes them out):`,
    ...lines.map((line) => `   ${line}`),
    '',
    '2. The simulator, on the port of https (Linux and macOS want root, or a right to low ports, for it):',
    '   jftsim start --https --port 443',
    '',
    '3. Its authority, for the programs that call it; the file is there after the first start:',
    `   .NET on Linux, OpenSSL, Python:  SSL_CERT_FILE=${caFile}`,
    `   Node:                            NODE_EXTRA_CA_CERTS=${caFile}`,
    `   curl:                            CURL_CA_BUNDLE=${caFile}`,
    `   Java:       keytool -importcert -noprompt -alias jftsim -file ${caFile} -keystore jftsim.p12 -storetype PKCS12 -storepass changeit`,
    '               JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=jftsim.p12 -Djavax.net.ssl.trustStorePassword=changeit"',
    `   .NET on Windows:  certutil -user -addstore Root ${caFile}`,
    '',
    'Without the lines of 1 the same programs call the real services.',
  ].join('\n')
}
