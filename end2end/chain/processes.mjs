// Processes that a script starts. They end with the script, also if it is killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

// Ends a process when its own standard input is closed, which the kernel does when the script has ended.
const GUARD = 'trap "" HUP INT TERM; read -r _; kill "$0"'

// Starts a program whose standard output is read by line; `log` is where its log goes, as in spawn's `stdio`.
export function startProcess(program, args, { log = 'inherit', ...options } = {}) {
    // In a group of its own, so that Ctrl-C reaches the script only, which ends its processes in order.
    const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', log] })
    const guard = spawn('sh', ['-c', GUARD, String(child.pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    guard.unref()
    guard.stdin.unref()
    // Its number may soon be that of another process.
    const ended = once(child, 'exit').finally(() => guard.kill('SIGKILL'))
    ended.catch(() => {})
    const lines = createInterface({ input: child.stdout })
    return {
        lines,
        // How it ended, in words.
        ended: ended.then(([code, signal]) => `${program} has ended: ${signal ?? `exit code ${code}`}`),
        // What the pattern captures in the first line that matches it.
        async says(pattern) {
            const found = new Promise(resolve => {
                lines.on('line', line => {
                    const match = pattern.exec(line)
                    if (match !== null) resolve(match[1] ?? match[0])
                })
            })
            const none = ended.then(() => Promise.reject(new Error(`${program} has ended before it was ready`)))
            none.catch(() => {})
            return Promise.race([found, none])
        },
        async end() {
            child.kill()
            await ended
        },
    }
}
