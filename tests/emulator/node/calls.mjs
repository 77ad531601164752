// Calls the platform through the SDK's own client: one question per line in, one answer per line out.
// Started as: node calls.mjs <folder with node_modules>
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const lark = createRequire(`${process.argv[2]}/`)('@larksuiteoapi/node-sdk')
const silent = Object.fromEntries(['error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, () => {}]))
const clients = new Map()

function clientOf({ appId, appSecret, domain }) {
  if (!clients.has(appId)) clients.set(appId, new lark.Client({ appId, appSecret, domain, logger: silent }))
  return clients.get(appId)
}

function methodOf(client, name) {
  const camel = (word) => word.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
  let holder = client
  const words = name.split('.').map(camel)
  for (const word of words.slice(0, -1)) holder = holder?.[word]
  const method = holder?.[words.at(-1)]
  return typeof method === 'function' ? method : undefined
}

async function answer({ app, name, raw, path, params, data, token }) {
  const client = clientOf(app)
  const options = token ? lark.withUserAccessToken(token) : undefined
  const method = methodOf(client, name)
  try {
    const body = method
      ? await method({ path, params, data }, options)
      : await client.request({ method: raw.method, url: raw.path, data }, options)
    return { typed: Boolean(method), status: 200, body }
  } catch (error) {
    if (!error.response) return { typed: Boolean(method), status: 0, body: { code: -1, msg: String(error) } }
    return { typed: Boolean(method), status: error.response.status, body: error.response.data }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`)
}
