// Receives through the SDK: over its WebSocket client, or over HTTP with its dispatcher behind adaptDefault.
// Started as: node listens.mjs <folder with node_modules> <JSON: appId, appSecret, domain, encryptKey, verificationToken, over>
// Every event becomes one line of output; a tap is answered with a toast.
import { createRequire } from 'node:module'
import { createServer } from 'node:http'

const lark = createRequire(`${process.argv[2]}/`)('@larksuiteoapi/node-sdk')
const app = JSON.parse(process.argv[3])
const silent = Object.fromEntries(['error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, () => {}]))
const tell = (...what) => process.stdout.write(`${JSON.stringify(what)}\n`)

const hooked = app.over === 'hook'
const secrets = hooked ? { encryptKey: app.encryptKey, verificationToken: app.verificationToken } : {}
const eventDispatcher = new lark.EventDispatcher({ ...secrets, logger: silent }).register({
  'im.message.receive_v1': (event) => {
    tell('said', event.sender.sender_id.open_id, JSON.parse(event.message.content).text)
  },
  'calendar.calendar.event.changed_v4': (event) => {
    tell('changed', event.calendar_id)
  },
  'card.action.trigger': (event) => {
    tell('tapped', event.operator.open_id, event.action.value, event.context.open_message_id, event.token)
    return { toast: { type: 'success', content: 'from Node' } }
  },
})

if (hooked) {
  const server = createServer(lark.adaptDefault('/hook', eventDispatcher, { autoChallenge: true }))
  server.listen(0, '127.0.0.1', () => tell('listening', server.address().port))
} else {
  const { appId, appSecret, domain } = app
  new lark.WSClient({ appId, appSecret, domain, logger: silent }).start({ eventDispatcher })
  tell('starting')
}
