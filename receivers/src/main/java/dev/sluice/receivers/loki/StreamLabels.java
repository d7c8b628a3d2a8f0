package dev.sluice.receivers.loki;

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
        if (peek() == '`') {
            int end = text.indexOf('`', at + 1);
            if (end < 0) {
                throw error("a closing quote");
            }
            String raw = text.substring(at + 1, end);
            at = end + 1;
            return raw;
        }
        expect('"');
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(value);
            } else {
                value.append(c);
            }
        }
        if (at == text.length()) {
            throw error("a closing quote");
        }
        at++;
        return value.toString();
    }

    private void escape(StringBuilder value) {
        if (at == text.length()) {
            throw error("what is escaped");
        }
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000b');
            case '\\', '"', '\'' -> value.append(c);
            case 'x' -> value.append((char) hex(2));
            case 'u' -> value.append((char) hex(4));
            case 'U' -> value.appendCodePoint(codePoint());
            default -> throw error("an escape that is known");
        }
    }

    private int codePoint() {
        int codePoint = hex(8);
        if (!Character.isValidCodePoint(codePoint)) {
            throw error("a character");
        }
        return codePoint;
    }

    private int hex(int digits) {
        int end = at + digits;
        if (end > text.length()) {
            throw error(digits + " hexadecimal digits");
        }
        int value = 0;
        for (; at < end; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0) {
                throw error(digits + " hexadecimal digits");
            }
            value = value << 4 | digit;
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
