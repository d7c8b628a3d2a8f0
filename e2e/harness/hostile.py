"""Bodies made to harm: small on the wire, huge when unpacked."""

import functools
import gzip
import struct
import zlib

import cramjam
import zstandard

MIB = 1 << 20
SIZE = 10 * 1000 * 1000
"""Bytes that each bomb has on the wire, about."""


@functools.cache
def gzip_members():
    """10 GB as many gzip members behind each other, each of them valid."""
    member = gzip.compress(bytes(10 * MIB), 9)
    return member * (SIZE // len(member))


@functools.cache
def gzip_stream():
    """10 GB as one gzip member: blocks that end at a byte and do not look back may be repeated. Only its checksum would be wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(10 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.flush(zlib.Z_FINISH)
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    return header + block * (SIZE // len(block)) + end + struct.pack("<II", 0, 0)


@functools.cache
def zstd_frames(size=SIZE):
    """10 GB as zstd frames behind each other, and a frame to skip that makes them as many bytes as wanted."""
    frame = zstandard.ZstdCompressor(level=19).compress(bytes(100 * MIB))
    frames = frame * 100
    padding = size - len(frames)
    return frames + struct.pack("<II", 0x184D2A50, padding) + bytes(padding)


@functools.cache
def snappy_block():
    """A snappy block at its best ratio: one literal, then copies of 64 bytes in three bytes each."""
    copies = (SIZE - 8) // 3
    return _varint(1 + 64 * copies) + b"\x00a" + b"\xfe\x01\x00" * copies


@functools.cache
def snappy_frames():
    """64 MiB in snappy's framed format, which gRPC uses, at about that ratio."""
    return bytes(cramjam.snappy.compress(bytes(64 * MIB)))


def snappy_false_length():
    """A snappy block that says it unpacks to 4 GiB and has a few bytes."""
    return _varint((1 << 32) - 1) + b"\x00a"


@functools.cache
def nested(depth=5_000):
    """A traces request with an attribute whose value is a list of a list of a list of …"""
    value = b""
    for _ in range(depth):
        value = b"\x2a" + _sized(b"\x0a" + _sized(value))
    attribute = b"\x0a\x01k\x12" + _sized(value)
    return b"\x0a" + _sized(b"\x0a" + _sized(b"\x0a" + _sized(attribute)))


def _sized(data):
    return _varint(len(data)) + data


def _varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))
