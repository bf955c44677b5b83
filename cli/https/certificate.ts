import { createPrivateKey, X509Certificate as NodeCertificate, type webcrypto } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** What a server of TLS needs, as PEM, and the file of the authority that clients are told to trust. */
export interface Certificate {
  readonly key: string
  readonly cert: string
  readonly caFile: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 86_400_000
const CA_DAYS = 3650
/** What browsers and Apple's systems accept at most is 398. */
const SERVER_DAYS = 397

/**
 * A certificate for these names and addresses, made again, under a local authority that is kept in `folder` (a temporary one
 * where there is none): `ca.pem` to trust, `ca-key.pem` readable by its owner alone. An authority that is broken, without
 * its own key, or soon over is replaced.
 */
export async function certificateFor(names: readonly string[], folder?: string): Promise<Certificate> {
  const where = folder ?? mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  const caFile = join(where, 'ca.pem')
  const ca = (await keptAuthority(where)) ?? (await newAuthority(where))
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const cert = await X509CertificateGenerator.create({
    ...validFor(SERVER_DAYS),
    serialNumber: serial(),
    subject: 'CN=JFT simulator',
    issuer: ca.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: ca.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { key: await pemOf(keys.privateKey), cert: cert.toString('pem'), caFile }
}

interface Authority {
  readonly certificate: X509Certificate
  readonly key: webcrypto.CryptoKey
}

async function keptAuthority(folder: string): Promise<Authority | undefined> {
  try {
    const [ca, key] = ['ca.pem', 'ca-key.pem'].map((file) => readFileSync(join(folder, file), 'utf8'))
    if (!ca || !key || !new NodeCertificate(ca).checkPrivateKey(createPrivateKey(key))) return undefined
    const certificate = new X509Certificate(ca)
    const der = PemConverter.decodeFirst(key)
    if (certificate.notAfter.getTime() < soonest()) return undefined
    return { certificate, key: await crypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']) }
  } catch {
    return undefined
  }
}

async function newAuthority(folder: string): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validFor(CA_DAYS),
    serialNumber: serial(),
    name: `CN=JFT simulator on this machine (${serial().slice(0, 8)})`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: await authorityExtensions(keys.publicKey),
  })
  writeFileSync(join(folder, 'ca-key.pem'), await pemOf(keys.privateKey), { mode: 0o600 })
  writeFileSync(join(folder, 'ca.pem'), `${certificate.toString('pem')}\n`)
  return { certificate, key: keys.privateKey }
}

async function authorityExtensions(publicKey: webcrypto.CryptoKey): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    await SubjectKeyIdentifierExtension.create(publicKey),
  ]
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag)
}

/** The days before and after now; a little earlier, since other clocks may be behind. */
function validFor(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now()
  return { notBefore: new Date(now - DAY), notAfter: new Date(now + days * DAY) }
}

/** An authority that ends before the certificates that it would sign is of no use. */
function soonest(): number {
  return Date.now() + SERVER_DAYS * DAY
}

/** 16 random bytes as hex, positive as X.509 wants it (RFC 5280, section 4.1.2.2). */
function serial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Buffer.from([((bytes[0] ?? 0) & 0x7f) | 0x40, ...bytes.subarray(1)]).toString('hex')
}
