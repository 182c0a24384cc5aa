/** Reads CSV with a header line (RFC 4180) into one record per row. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]]
  // A cell, quoted or not, and its separator.
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (quoted === undefined && plain === '' && end === '' && rows.at(-1)?.length === 0) break
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
    if (end === '') break
  }
  const [names = [], ...records] = rows.filter(row => row.length > 0)
  return records.map(record => Object.fromEntries(names.map((name, index) => [name, record[index] ?? ''])))
}
