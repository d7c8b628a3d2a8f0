package dev.sluice.receivers.loki;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the labels of a stream as protobuf has them: <code>{job="a", path="/b"}</code>, values quoted as in Go. */
final class StreamLabels {
    /** Characters of labels that an error shows: they may be as long as a body. */
    private static final int SHOWN = 200;

    private final String text;
    private int at;

    private StreamLabels(String text) {
        this.text = text;
    }

    /** In the order of writing. */
    static Map<String, String> parse(String text) {
        return new StreamLabels(text).labels();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            String name = name();
            expect('=');
            labels.put(name, value());
            if (peek() != ',') {
                break;
            }
            at++;
        }
        expect('}');
        if (peek() != 0) {
            throw error("the end");
        }
        return labels;
    }

    private String name() {
        int start = skip();
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.:-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw error("a label name");
        }
        return text.substring(start, at);
    }

    private String value() {
        char quote = peek();
        if (quote == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw error("a closing quote");
            }
            String raw = text.substring(at + 1, end);
            at = end + 1;
            return raw;
        }
        expect(quote == '\'' ? quote : '"');
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        while (at < text.length() && text.charAt(at) != quote) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '\\') {
                escape(quote, utf8);
            } else {
                append(c, utf8);
            }
        }
        if (at == text.length()) {
            throw error("a closing quote");
        }
        at++;
        // Escapes of bytes may make what is no UTF-8.
        return utf8.toString(StandardCharsets.UTF_8);
    }

    /** As {@code strconv.UnquoteChar} does: numbers of two or three digits are bytes, those of four and eight characters. */
    private void escape(char quote, ByteArrayOutputStream utf8) {
        if (at == text.length()) {
            throw error("what is escaped");
        }
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> utf8.write('\n');
            case 't' -> utf8.write('\t');
            case 'r' -> utf8.write('\r');
            case 'a' -> utf8.write(0x07);
            case 'b' -> utf8.write('\b');
            case 'f' -> utf8.write('\f');
            case 'v' -> utf8.write(0x0b);
            case '\\' -> utf8.write(c);
            case 'x' -> utf8.write(number(16, 2));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                utf8.write(number(8, 3));
            }
            case 'u' -> append(number(16, 4), utf8);
            case 'U' -> append(number(16, 8), utf8);
            default -> {
                if (c != quote) {
                    throw error("an escape that is known");
                }
                utf8.write(c);
            }
        }
    }

    private void append(int codePoint, ByteArrayOutputStream utf8) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (!Character.isValidCodePoint(codePoint) || surrogate) {
            throw error("a character");
        }
        utf8.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private int number(int radix, int digits) {
        String expected = digits + (radix == 16 ? " hexadecimal digits" : " octal digits");
        int end = at + digits;
        if (end > text.length()) {
            throw error(expected);
        }
        int value = 0;
        for (; at < end; at++) {
            int digit = Character.digit(text.charAt(at), radix);
            if (digit < 0) {
                throw error(expected);
            }
            value = value * radix + digit;
        }
        if (radix == 8 && value > 0xff) {
            throw error("a byte");
        }
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("'" + c + "'");
        }
        at++;
    }

    /** The next character that is no space; 0 at the end. */
    private char peek() {
        return skip() < text.length() ? text.charAt(at) : 0;
    }

    private int skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private MalformedPushException error(String expected) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return new MalformedPushException(
                "couldn't parse labels " + shown + ": expected " + expected + " at character " + (at + 1));
    }
}
