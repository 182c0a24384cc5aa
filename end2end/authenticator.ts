import { createHmac } from 'node:crypto'

/** The secret of an authenticator app, and its codes. */
export class Authenticator {
  constructor(private readonly secret: string) {}

  /** RFC 6238. A code works once and only if it is newer than the last one, so each uses a later step, at most one ahead. */
  code(ahead: 0 | 1 = 0) {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const bits = [...this.secret].map(character => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('')
    const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => parseInt(byte, 2)))
    const step = Buffer.alloc(8)
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
    const digest = createHmac('sha1', key).update(step).digest()
    const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff
    return String(number % 1_000_000).padStart(6, '0')
  }
}
