// Before the first test: prints which server is tested, and stops if there is none.
import { access, constants, stat } from 'node:fs/promises'
import { binary } from './server.ts'

export default async function setup() {
  await access(binary, constants.X_OK).catch(() => {
    throw new Error(`${binary} is missing; build it with: cargo build --locked --features ssr`)
  })
  const { mtime } = await stat(binary)
  console.log(`The server under test is ${binary}, built ${mtime.toISOString()}`)
}
