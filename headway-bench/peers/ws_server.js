// Node with ws: a set of clients per topic, each message encoded once. Usage: ws_server.js PORT
const http = require('node:http')
const { WebSocketServer } = require('ws')

const topics = new Map()

const server = http.createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const message = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()))
    for (const client of topics.get(request.url.slice('/publish/'.length)) ?? []) client.send(message)
    response.end('{"ok":true}')
  })
})

const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (client, request) => {
  const topic = request.url.slice('/watch/'.length)
  if (!topics.has(topic)) topics.set(topic, new Set())
  topics.get(topic).add(client)
  client.on('error', () => {})
  client.on('close', () => topics.get(topic).delete(client))
  client.send('{"type":"connected"}')
})

server.listen(Number(process.argv[2]), '127.0.0.1', 4096)
