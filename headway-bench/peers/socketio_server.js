// Socket.IO over WebSocket alone: a room per topic. Usage: socketio_server.js PORT
const http = require('node:http')
const { Server } = require('socket.io')

const server = http.createServer((request, response) => {
  if (!request.url.startsWith('/publish/')) return
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    io.to(request.url.slice('/publish/'.length)).emit('progress', JSON.parse(Buffer.concat(chunks).toString()))
    response.end('{"ok":true}')
  })
})

const io = new Server(server, { transports: ['websocket'], serveClient: false })
io.on('connection', (socket) => {
  socket.on('watch', (topic) => {
    socket.join(topic)
    socket.emit('watching')
  })
})

server.listen(Number(process.argv[2]), '127.0.0.1', 4096)
