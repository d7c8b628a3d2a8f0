package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;

/** The characters of a query, read one after the other, and the token that they make up so far. */
final class Characters {
    /** What is read behind the last character. */
    static final int END = -1;

    private final String input;
    private int start;
    private int at;

    Characters(String input) {
        this.input = input;
    }

    String input() {
        return input;
    }

    /** Begins a token with the next character. */
    void begin() {
        start = at;
    }

    /** Back to where the token began. */
    void rewind() {
        at = start;
    }

    /** What has been read of the token. */
    String taken() {
        return input.substring(start, at);
    }

    Token token(TokenType type) {
        return new Token(type, start, taken());
    }

    /** About all from where the token began. */
    ParseException error(String problem) {
        return new ParseException(problem, new Span(start, input.length()), input);
    }

    /** The next character, which stays the next. */
    int peek() {
        return peek(at);
    }

    /** The next character that is no white space. */
    int peekBeyondSpace() {
        int i = at;
        while (space(peek(i))) {
            i++;
        }
        return peek(i);
    }

    private int peek(int position) {
        return position < input.length() ? input.codePointAt(position) : END;
    }

    int read() {
        int c = peek();
        if (c != END) {
            at += Character.charCount(c);
        }
        return c;
    }

    /** Reads the next character if it is that. */
    boolean accept(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    /** As Prometheus shows a character in an error. */
    static String rune(int c) {
        return c == END ? "'\ufffd'" : GoString.quoteRune(c);
    }

    static boolean space(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean alpha(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
