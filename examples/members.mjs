// Two small web servers to balance over, on loopback: node examples/members.mjs [ADDRESS:PORT ADDRESS:PORT]
import { createServer } from 'node:http';

const places = process.argv.length > 2 ? process.argv.slice(2) : ['127.0.0.1:9001', '127.0.0.1:9002'];
places.forEach((place, at) => {
  const [address, port] = place.split(':');
  const server = createServer((request, response) => {
    const client = request.headers['x-forwarded-for'];
    response.setHeader('content-type', 'text/plain');
    response.end(`member ${at + 1} answers ${request.method} ${request.url} for ${client}\n`);
  });
  server.listen(Number(port), address, () => console.log(`member ${at + 1} listens on ${place}`));
});
