import { createHmac } from 'node:crypto'
import type { HmacSha256 } from '../index.ts'

/** HMAC-SHA-256 by OpenSSL at once: Web Crypto hands each text to another thread, which costs more than sealing it. */
export const hmacSha256: HmacSha256 = (secret, text) =>
  createHmac('sha256', Buffer.from(secret, 'base64url')).update(text).digest('base64url')
