package dev.sluice.promql.template;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Takes a template apart. */
final class TemplateLexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String COMMENT = "/*";
    private static final String COMMENT_END = "*/";

    private final String name;
    private final String input;
    private final List<TemplateToken> tokens = new ArrayList<>();
    private int at;

    private TemplateLexer(String name, String input) {
        this.name = name;
        this.input = input;
    }

    static List<TemplateToken> tokens(String name, String input) {
        TemplateLexer lexer = new TemplateLexer(name, input);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        boolean trim = false;
        while (true) {
            int open = input.indexOf(OPEN, at);
            int end = open < 0 ? input.length() : open;
            boolean trimEnd = open >= 0 && trims(open + 2);
            text(at, end, trim, trimEnd);
            if (open < 0) {
                add(Kind.END, input.length(), input.length());
                return;
            }
            at = open + (trimEnd ? 4 : 2);
            trim = input.startsWith(COMMENT, at) ? comment() : action(open);
        }
    }

    /** Whether there is a hyphen and a space, which take the spaces around an action away. */
    private boolean trims(int from) {
        return from + 1 < input.length() && input.charAt(from) == '-' && space(input.charAt(from + 1));
    }

    private boolean closesTrimming() {
        return at + 1 < input.length()
                && space(input.charAt(at))
                && input.charAt(at + 1) == '-'
                && input.startsWith(CLOSE, at + 2);
    }

    private void text(int from, int to, boolean trimStart, boolean trimEnd) {
        int start = from;
        int end = to;
        while (trimStart && start < end && space(input.charAt(start))) {
            start++;
        }
        while (trimEnd && end > start && space(input.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            add(Kind.TEXT, start, end);
        }
    }

    private boolean comment() {
        int end = input.indexOf(COMMENT_END, at);
        if (end < 0) {
            throw failure(at, "unclosed comment");
        }
        at = end + 2;
        boolean trim = closesTrimming();
        at += trim ? 2 : 0;
        if (!input.startsWith(CLOSE, at)) {
            throw failure(at, "comment ends before closing delimiter");
        }
        at += 2;
        return trim;
    }

    /** The tokens of an action; whether the spaces behind it go. */
    private boolean action(int open) {
        add(Kind.OPEN, open, at);
        int depth = 0;
        while (true) {
            boolean trim = closesTrimming();
            if (trim || input.startsWith(CLOSE, at)) {
                if (depth > 0) {
                    throw failure(at, "unclosed left paren");
                }
                at += trim ? 2 : 0;
                add(Kind.CLOSE, at, at + 2);
                at += 2;
                return trim;
            }
            if (at >= input.length()) {
                throw failure(at, "unclosed action");
            }
            int start = at;
            Kind kind = token();
            depth += kind == Kind.LEFT ? 1 : kind == Kind.RIGHT ? -1 : 0;
            if (depth < 0) {
                throw failure(start, "unexpected right paren");
            }
            add(kind, start, at);
        }
    }

    private Kind token() {
        char c = input.charAt(at++);
        return switch (c) {
            case '(' -> Kind.LEFT;
            case ')' -> Kind.RIGHT;
            case '|' -> Kind.PIPE;
            case ',' -> Kind.COMMA;
            case '=' -> Kind.ASSIGN;
            case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', Kind.CHARACTER, "unterminated character constant");
            case '`' -> raw();
            case '$' -> {
                word();
                yield Kind.VARIABLE;
            }
            case ':' -> declare();
            case '.' -> dot();
            default -> other(c);
        };
    }

    private Kind declare() {
        if (at < input.length() && input.charAt(at) == '=') {
            at++;
            return Kind.DECLARE;
        }
        throw failure(at, "expected :=");
    }

    private Kind dot() {
        if (at < input.length() && digit(input.charAt(at))) {
            return number();
        }
        int start = at;
        word();
        return at == start ? Kind.DOT : Kind.FIELD;
    }

    private Kind other(char c) {
        if (space(c)) {
            while (at < input.length() && space(input.charAt(at)) && !closesTrimming()) {
                at++;
            }
            return Kind.SPACE;
        }
        if (c == '+' || c == '-' || digit(c)) {
            return number();
        }
        if (letter(c)) {
            word();
            return Kind.IDENTIFIER;
        }
        if (c > ' ' && c <= '~') {
            return Kind.OTHER;
        }
        throw failure(at, "unrecognized character in action: " + rune(c));
    }

    /** As Go's {@code %#U}. */
    private static String rune(char c) {
        return "U+%04X '%c'".formatted((int) c, c);
    }

    private Kind quoted(char quote, Kind kind, String unterminated) {
        while (at < input.length() && input.charAt(at) != '\n') {
            char c = input.charAt(at++);
            if (c == quote) {
                return kind;
            }
            if (c == '\\') {
                at++;
            }
        }
        throw failure(at, unterminated);
    }

    private Kind raw() {
        int end = input.indexOf('`', at);
        if (end < 0) {
            throw failure(at, "unterminated raw quoted string");
        }
        at = end + 1;
        return Kind.STRING;
    }

    private Kind number() {
        int start = --at;
        take("+-", 1);
        String digits = "0123456789_";
        if (input.startsWith("0", at)) {
            at++;
            digits = take("xX", 1)
                    ? "0123456789abcdefABCDEF_"
                    : take("oO", 1) ? "01234567_" : take("bB", 1) ? "01_" : digits;
        }
        take(digits, input.length());
        if (take(".", 1)) {
            take(digits, input.length());
        }
        if (take(digits.length() > 20 ? "pP" : "eE", 1)) {
            take("+-", 1);
            take("0123456789_", input.length());
        }
        if (at < input.length() && (letter(input.charAt(at)) || digit(input.charAt(at)))) {
            at++;
            throw failure(at, "bad number syntax: " + GoString.quote(input.substring(start, at)));
        }
        return Kind.NUMBER;
    }

    /** Steps over characters of a kind; whether there was one. */
    private boolean take(String characters, int most) {
        int start = at;
        while (at < input.length() && at - start < most && characters.indexOf(input.charAt(at)) >= 0) {
            at++;
        }
        return at > start;
    }

    private void word() {
        while (at < input.length() && (letter(input.charAt(at)) || digit(input.charAt(at)))) {
            at++;
        }
    }

    private void add(Kind kind, int from, int to) {
        tokens.add(new TemplateToken(kind, input.substring(from, to), from));
    }

    private TemplateException failure(int where, String message) {
        return failure(name, input, where, message);
    }

    static TemplateException failure(String name, String input, int where, String message) {
        long line = 1
                + input.substring(0, Math.min(where, input.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new TemplateException("template: " + name + ":" + line + ": " + message);
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c == '_' || Character.isLetter(c);
    }
}
