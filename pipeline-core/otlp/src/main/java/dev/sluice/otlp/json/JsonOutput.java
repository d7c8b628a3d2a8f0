package dev.sluice.otlp.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text as bytes, with commas put where they are due. */
final class JsonOutput {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int length;

    JsonOutput(int capacity) {
        this.buffer = new byte[Math.max(capacity, 64)];
    }

    int length() {
        return length;
    }

    /** Forgets what was written behind {@code length}. */
    void truncate(int length) {
        this.length = length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    void raw(char c) {
        room(1);
        buffer[length++] = (byte) c;
    }

    /** ASCII as it is. */
    @SuppressWarnings("deprecation") // getBytes with ranges is the one way to copy ASCII without an array in between
    void raw(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), buffer, length);
        length += ascii.length();
    }

    /** Puts a comma unless this is the first in its object or array, then the key. */
    void key(String name) {
        comma();
        raw('"');
        raw(name);
        raw("\":");
    }

    void comma() {
        byte last = buffer[length - 1];
        if (last != '{' && last != '[') {
            raw(',');
        }
    }

    /** A string from UTF-8. Only what JSON demands is escaped: quote, backslash and control characters. */
    void string(byte[] utf8, int start, int end) {
        room(end - start + 2);
        buffer[length++] = '"';
        int copied = start;
        for (int i = start; i < end; i++) {
            byte b = utf8[i];
            if (b < 0 || (b >= ' ' && b != '"' && b != '\\')) {
                continue;
            }
            copy(utf8, copied, i);
            copied = i + 1;
            escape(b);
        }
        copy(utf8, copied, end);
        raw('"');
    }

    void hex(byte[] bytes, int start, int end) {
        room(2 * (end - start) + 2);
        buffer[length++] = '"';
        for (int i = start; i < end; i++) {
            buffer[length++] = HEX[bytes[i] >> 4 & 0xF];
            buffer[length++] = HEX[bytes[i] & 0xF];
        }
        buffer[length++] = '"';
    }

    private void escape(byte b) {
        switch (b) {
            case '"' -> raw("\\\"");
            case '\\' -> raw("\\\\");
            case '\n' -> raw("\\n");
            case '\r' -> raw("\\r");
            case '\t' -> raw("\\t");
            default -> {
                raw("\\u00");
                raw((char) HEX[b >> 4]);
                raw((char) HEX[b & 0xF]);
            }
        }
    }

    private void copy(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, buffer, length, end - start);
        length += end - start;
    }

    private void room(int more) {
        if (more > buffer.length - length) {
            int least = Math.addExact(length, more);
            buffer = Arrays.copyOf(buffer, Math.max(least, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
        }
    }
}
