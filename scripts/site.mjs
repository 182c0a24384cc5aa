// Assembles the site: node scripts/site.mjs <wasm-bindgen's output> <site folder> [--quick]
//
// The site consists of pkg/requite-<hash>.{js,css,svg,txt}, pkg/requite-<hash>_bg.wasm, the typeface, the public files,
// and a brotli version of each. The svg has the icons, and the txt the licences of typeface and icons. The hash covers
// all files of the site, so that browsers may cache them for ever, and so that a server built with an older site is
// rebuilt. Unchanged files are not written, since cargo compares modification times. With --quick, for development,
// nothing is compressed and the budget is not checked.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { bundle } from 'lightningcss'

const TYPEFACE = 'node_modules/@fontsource-variable/geist'
const ICONS = 'node_modules/lucide-static'
const WASM_BUDGET = 180_000
const COMPRESSIBLE = new Set(['.js', '.css', '.wasm', '.svg', '.txt', '.json', '.webmanifest'])
const version = (major, minor = 0) => (major << 16) | (minor << 8)
// The first versions with nesting, light-dark(), oklch() and popovers.
const BROWSERS = { chrome: version(123), edge: version(123), firefox: version(125), safari: version(17, 5) }

const [made, site, option] = process.argv.slice(2)
const quick = option === '--quick'

function filesIn(folder) {
    if (!existsSync(folder)) return []
    return readdirSync(folder, { withFileTypes: true })
        .flatMap(entry => (entry.isDirectory() ? filesIn(join(folder, entry.name)).map(file => join(entry.name, file)) : entry.name))
        .sort()
}

function fail(message) {
    console.error(`requite: ${message}`)
    process.exit(1)
}

function styles(file) {
    try {
        const { code, warnings } = bundle({ filename: file, minify: true, targets: BROWSERS })
        if (warnings.length === 0) return code
        fail(warnings.map(({ message, loc }) => `${loc.filename}:${loc.line}: ${message}`).join('\n'))
    } catch (error) {
        fail(`${error.fileName ?? file}:${error.loc?.line ?? 0}: ${error.message}`)
    }
}

const sha256 = content => createHash('sha256').update(content).digest('hex')

/** The typeface: two parts of it, by the name that style/fonts.css gives them. It changes rarely, so it has its own hash. */
function typeface() {
    const parts = { 'geist.woff2': 'geist-latin-wght-normal.woff2', 'geist-ext.woff2': 'geist-latin-ext-wght-normal.woff2' }
    return Object.entries(parts).map(([name, file]) => {
        const content = readFileSync(join(TYPEFACE, 'files', file))
        return { name, content, hashed: name.replace('.woff2', `-${sha256(content).slice(0, 12)}.woff2`) }
    })
}

/** The marks of coins and networks, which are our own drawings. */
const marks = () =>
    [...readFileSync('style/marks.svg', 'utf8').matchAll(/<symbol[^]*?<\/symbol>/g)].map(([symbol]) => symbol.replaceAll(/\s+/g, ' ').replaceAll('> <', '><'))

/** The icons that src/ui/components/icon.rs names, as one file of symbols, with the marks. */
function icons() {
    const names = [...readFileSync('src/ui/components/icon.rs', 'utf8').matchAll(/Self::\w+ => "([a-z0-9-]+)"/g)].map(([, name]) => name)
    if (names.length === 0) fail('src/ui/components/icon.rs names no icon')
    const symbols = names.map(name => {
        const file = join(ICONS, 'icons', `${name}.svg`)
        if (!existsSync(file)) fail(`src/ui/components/icon.rs names the icon ${name}, which Lucide does not have`)
        const shapes = readFileSync(file, 'utf8').match(/<svg[^>]*>([^]*)<\/svg>/)[1].replaceAll(/\s+/g, ' ').replaceAll('> <', '><').trim()
        return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`
    })
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${[...symbols, ...marks()].join('')}</svg>\n`)
}

const licences = () =>
    Buffer.from([`Geist, the typeface\n\n${readFileSync(join(TYPEFACE, 'LICENSE'), 'utf8')}`, `Lucide, the icons\n\n${readFileSync(join(ICONS, 'LICENSE'), 'utf8')}`].join('\n\n'))

const contents = new Map()
for (const file of filesIn(made)) contents.set(join('pkg', file), readFileSync(join(made, file)))
const fonts = typeface()
const css = fonts.reduce((text, { name, hashed }) => text.replaceAll(`/pkg/${name}`, `/pkg/${hashed}`), styles('style/main.css').toString())
contents.set('pkg/requite.css', Buffer.from(css))
contents.set('pkg/requite.svg', icons())
contents.set('pkg/requite.txt', licences())
for (const { hashed, content } of fonts) contents.set(join('pkg', hashed), content)
for (const file of filesIn('public')) contents.set(file, readFileSync(join('public', file)))

const digest = createHash('sha256')
for (const [name, content] of contents) digest.update(`${name}\0${content.length}\0`).update(content)
const hash = digest.digest('hex').slice(0, 12)

const wanted = new Map()
for (const [name, content] of contents) {
    // The script contains the default name of its wasm, which is replaced too.
    const named = name === 'pkg/requite.js' ? Buffer.from(content.toString().replaceAll('requite_bg.wasm', `requite-${hash}_bg.wasm`)) : content
    wanted.set(name.replace(/^pkg\/requite(?=\.|_bg\.)/, `pkg/requite-${hash}`), named)
}

const unchanged = (file, content) => existsSync(file) && readFileSync(file).equals(content)
const compressed = content =>
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } })

for (const file of filesIn(site)) {
    if (!wanted.has(file.replace(/\.br$/, '')) || (quick && file.endsWith('.br'))) rmSync(join(site, file))
}
for (const [name, content] of wanted) {
    const file = join(site, name)
    const alike = unchanged(file, content)
    mkdirSync(dirname(file), { recursive: true })
    // The brotli version is written first, so that an interrupted run never leaves a new file with an old version of
    // it.
    if (!quick && COMPRESSIBLE.has(extname(name)) && !(alike && existsSync(`${file}.br`))) writeFileSync(`${file}.br`, compressed(content))
    if (!alike) writeFileSync(file, content)
}

if (quick) process.exit()

const kB = file => `${(readFileSync(join(site, file)).length / 1000).toFixed(1)} kB`
for (const name of wanted.keys()) {
    // A typeface is compressed already.
    const compressed = COMPRESSIBLE.has(extname(name)) ? `, ${kB(`${name}.br`)} in brotli` : ''
    if (name.startsWith('pkg/')) console.log(`requite: ${name} ${kB(name)}${compressed}`)
}
const wasm = readFileSync(join(site, `pkg/requite-${hash}_bg.wasm.br`)).length
if (wasm > WASM_BUDGET) fail(`the wasm is ${wasm} bytes in brotli, more than the ${WASM_BUDGET} it may be`)
