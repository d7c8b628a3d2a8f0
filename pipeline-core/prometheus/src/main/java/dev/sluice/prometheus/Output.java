package dev.sluice.prometheus;

import dev.sluice.otlp.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Grows by whole chunks, so that nothing written is copied again. */
final class Output {
    private static final int CHUNK = 64 * 1024;

    private final List<Bytes> full = new ArrayList<>();
    private byte[] chunk = new byte[1024];
    /** What lies before it in the chunk has been handed over. */
    private int from;

    private int at;
    private long length;

    /** Bytes written and not taken. */
    long length() {
        return length + at - from;
    }

    void put(char ascii) {
        ensure(1);
        chunk[at++] = (byte) ascii;
    }

    void put(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                utf8(text, i);
                return;
            }
            chunk[at++] = (byte) c;
        }
    }

    /** Escapes backslashes, line feeds and, if asked, double quotes. */
    void putEscaped(String text, boolean quotes) {
        ensure(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                utf8(escaped(text.substring(i), quotes), 0);
                return;
            }
            if (c == '\\' || c == '\n' || (c == '"' && quotes)) {
                chunk[at++] = '\\';
                chunk[at++] = (byte) (c == '\n' ? 'n' : c);
            } else {
                chunk[at++] = (byte) c;
            }
        }
    }

    void put(byte[] bytes, int offset, int count) {
        ensure(count);
        System.arraycopy(bytes, offset, chunk, at, count);
        at += count;
    }

    /** Copies a little, takes over a lot. */
    void put(Bytes bytes) {
        if (bytes.length() < CHUNK / 4) {
            for (int i = 0; i < bytes.sliceCount(); i++) {
                put(bytes.sliceArray(i), bytes.sliceOffset(i), bytes.sliceLength(i));
            }
        } else {
            close();
            full.add(bytes);
            length += bytes.length();
        }
    }

    void putVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            chunk[at++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        chunk[at++] = (byte) rest;
    }

    Bytes take() {
        close();
        Bytes taken = Bytes.concat(full);
        full.clear();
        length = 0;
        return taken;
    }

    private void utf8(String text, int from) {
        byte[] encoded = text.substring(from).getBytes(StandardCharsets.UTF_8);
        put(encoded, 0, encoded.length);
    }

    private static String escaped(String text, boolean quotes) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? escaped.replace("\"", "\\\"") : escaped;
    }

    private void ensure(int count) {
        if (chunk.length - at < count) {
            close();
            chunk = new byte[Math.max(CHUNK, count)];
            from = 0;
            at = 0;
        }
    }

    /** Hands over what the chunk holds; the rest of its array stays in use. */
    private void close() {
        if (at > from) {
            full.add(Bytes.of(chunk, from, at - from));
            length += at - from;
            from = at;
        }
    }
}
