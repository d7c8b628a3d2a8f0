package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a query into tokens. What a character may be depends on where it stands: inside braces, inside brackets before a number, or elsewhere.
 * Errors, in Prometheus' words, are thrown when the token is asked for. Source: prometheus promql/parser/lex.go.
 */
final class Lexer {
    private static final int END = -1;

    private final String input;
    private final boolean unquotedUtf8;
    private int at;
    private int start;
    private int parens;
    private boolean braceOpen;
    private boolean bracketOpen;
    /** Behind an opening bracket and until a number: only what a duration is made of. */
    private boolean inDuration;

    private boolean gotColon;
    private boolean gotDuration;

    /** @param unquotedUtf8 whether letters of any script, and dots inside, may stand in names without quotes */
    Lexer(String input, boolean unquotedUtf8) {
        this.input = input;
        this.unquotedUtf8 = unquotedUtf8;
    }

    String input() {
        return input;
    }

    Token next() throws ParseException {
        while (true) {
            start = at;
            int c = peek();
            if (space(c)) {
                at++;
            } else if (c == '#' && !inDuration) {
                skipComment();
            } else if (braceOpen) {
                return insideBraces(read());
            } else if (inDuration) {
                return insideDuration(read());
            } else {
                return statement(read());
            }
        }
    }

    /** The position behind the token given last. */
    int position() {
        return at;
    }

    private Token statement(int c) throws ParseException {
        return switch (c) {
            case END -> {
                if (parens != 0) {
                    throw error("unclosed left parenthesis");
                }
                if (bracketOpen) {
                    throw error("unclosed left bracket");
                }
                yield token(TokenType.EOF);
            }
            case '=' -> {
                if (peek() == '~') {
                    throw error("unexpected character after '=': '~'");
                }
                yield token(accept('=') ? TokenType.EQLC : TokenType.EQL);
            }
            case '!' -> {
                int next = read();
                if (next != '=') {
                    throw error("unexpected character after '!': " + rune(next));
                }
                yield token(TokenType.NEQ);
            }
            case '<' -> token(accept('=') ? TokenType.LTE : accept('/') ? TokenType.TRIM_UPPER : TokenType.LSS);
            case '>' -> token(accept('=') ? TokenType.GTE : accept('/') ? TokenType.TRIM_LOWER : TokenType.GTR);
            case '"', '\'' -> string(c);
            case '`' -> rawString();
            case '{' -> {
                braceOpen = true;
                yield token(TokenType.LEFT_BRACE);
            }
            case '[' -> leftBracket(c);
            case ']' -> {
                if (!bracketOpen) {
                    throw error("unexpected right bracket " + rune(c));
                }
                bracketOpen = false;
                yield token(TokenType.RIGHT_BRACKET);
            }
            case '@' -> token(TokenType.AT);
            default -> simple(c);
        };
    }

    private Token simple(int c) throws ParseException {
        Token found = arithmetic(c);
        if (found != null) {
            return found;
        }
        if (digit(c) || (c == '.' && digit(peek()))) {
            at = start;
            return numberOrDuration();
        }
        if (c == ':' || nameStart(c)) {
            if (!bracketOpen) {
                return word();
            }
            if (c == ':') {
                if (gotColon) {
                    throw error("unexpected colon " + rune(c));
                }
                gotColon = true;
                return token(TokenType.COLON);
            }
            Token keyword = durationKeyword(c);
            if (keyword != null) {
                return keyword;
            }
            throw error("unexpected character: " + rune(c) + ", expected ':'");
        }
        throw error("unexpected character: " + rune(c));
    }

    /** What stands for itself everywhere outside braces, or {@code null}. */
    private @Nullable Token arithmetic(int c) throws ParseException {
        return switch (c) {
            case ',' -> token(TokenType.COMMA);
            case '*' -> token(TokenType.MUL);
            case '/' -> token(TokenType.DIV);
            case '%' -> token(TokenType.MOD);
            case '+' -> token(TokenType.ADD);
            case '-' -> token(TokenType.SUB);
            case '^' -> token(TokenType.POW);
            case '(' -> {
                parens++;
                yield token(TokenType.LEFT_PAREN);
            }
            case ')' -> {
                parens--;
                if (parens < 0) {
                    start = at;
                    throw error("unexpected right parenthesis ')'");
                }
                yield token(TokenType.RIGHT_PAREN);
            }
            default -> null;
        };
    }

    private Token leftBracket(int c) throws ParseException {
        if (bracketOpen) {
            throw error("unexpected left bracket " + rune(c));
        }
        gotColon = false;
        gotDuration = false;
        bracketOpen = true;
        inDuration = true;
        return token(TokenType.LEFT_BRACKET);
    }

    private Token insideDuration(int c) throws ParseException {
        if (c == END) {
            throw error("unexpected end of input in duration expression");
        }
        if (c == ']') {
            bracketOpen = false;
            inDuration = false;
            gotColon = false;
            return token(TokenType.RIGHT_BRACKET);
        }
        if (c == ':') {
            Token colon = token(TokenType.COLON);
            start = at;
            if (!gotDuration) {
                throw error("unexpected colon before duration in duration expression");
            }
            if (gotColon) {
                throw error("unexpected repeated colon in duration expression");
            }
            gotColon = true;
            return colon;
        }
        Token found = arithmetic(c);
        if (found != null) {
            return found;
        }
        Token keyword = durationKeyword(c);
        if (keyword != null) {
            gotDuration = true;
            return keyword;
        }
        if (digit(c) || (c == '.' && digit(peek()))) {
            at = start;
            gotDuration = true;
            inDuration = false;
            return numberOrDuration();
        }
        throw error("unexpected character in duration expression: " + rune(c));
    }

    /** {@code step}, {@code range}, {@code max_of} or {@code min_of}, or {@code null} where the letter begins none of them. */
    private @Nullable Token durationKeyword(int c) {
        if ("srmSRM".indexOf(c) < 0) {
            return null;
        }
        int from = at;
        while (alpha(peek())) {
            at++;
        }
        TokenType type = TokenType.word(input.substring(start, at).toLowerCase(Locale.ROOT));
        if (type == TokenType.STEP || type == TokenType.RANGE || type == TokenType.MAX_OF || type == TokenType.MIN_OF) {
            return token(type);
        }
        at = from;
        return null;
    }

    private Token insideBraces(int c) throws ParseException {
        return switch (c) {
            case END -> throw error("unexpected end of input inside braces");
            case ',' -> token(TokenType.COMMA);
            case '"', '\'' -> string(c);
            case '`' -> rawString();
            case '=' -> token(accept('~') ? TokenType.EQL_REGEX : TokenType.EQL);
            case '!' -> {
                int next = read();
                if (next != '~' && next != '=') {
                    throw error("unexpected character after '!' inside braces: " + rune(next));
                }
                yield token(next == '~' ? TokenType.NEQ_REGEX : TokenType.NEQ);
            }
            case '{' -> throw error("unexpected left brace " + rune(c));
            case '}' -> {
                braceOpen = false;
                yield token(TokenType.RIGHT_BRACE);
            }
            default -> {
                if (!nameStart(c)) {
                    throw error("unexpected character inside braces: " + rune(c));
                }
                while (nameContinues(peek())) {
                    read();
                }
                yield token(TokenType.IDENTIFIER);
            }
        };
    }

    private Token word() {
        while (nameContinues(peek()) || peek() == ':') {
            read();
        }
        String word = input.substring(start, at);
        // Lower case of some letters outside ASCII is ASCII; they make no keyword.
        TokenType keyword = GoString.utf8Length(word, word.length()) == word.length()
                ? TokenType.word(word.toLowerCase(Locale.ROOT))
                : null;
        if (keyword == null) {
            return token(word.indexOf(':') >= 0 ? TokenType.METRIC_IDENTIFIER : TokenType.IDENTIFIER);
        }
        boolean fill = keyword == TokenType.FILL || keyword == TokenType.FILL_LEFT || keyword == TokenType.FILL_RIGHT;
        return token(fill && !parenFollows() ? TokenType.IDENTIFIER : keyword);
    }

    private boolean parenFollows() {
        int i = at;
        while (i < input.length() && space(input.charAt(i))) {
            i++;
        }
        return i < input.length() && input.charAt(i) == '(';
    }

    private Token string(int quote) throws ParseException {
        while (true) {
            int c = read();
            if (c == END || c == '\n') {
                throw error("unterminated quoted string");
            }
            if (c == quote) {
                return token(TokenType.STRING);
            }
            if (c == 0xfffd) {
                throw error("invalid UTF-8 rune");
            }
            if (c == '\\') {
                escape(quote);
            }
        }
    }

    private void escape(int quote) throws ParseException {
        int c = read();
        if (c == quote || c == '\\' || (c > 0 && "abfnrtv".indexOf(c) >= 0)) {
            return;
        }
        int digits;
        int base = 16;
        int max = Character.MAX_CODE_POINT;
        switch (c) {
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                digits = 3;
                base = 8;
                max = 255;
            }
            case 'x' -> {
                digits = 2;
                max = 255;
                c = read();
            }
            case 'u' -> {
                digits = 4;
                c = read();
            }
            case 'U' -> {
                digits = 8;
                c = read();
            }
            case END -> throw error("escape sequence not terminated");
            default -> throw error("unknown escape sequence " + unicode(c));
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            if (i > 0) {
                c = read();
            }
            int digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                throw error(
                        c == END
                                ? "escape sequence not terminated"
                                : "illegal character " + unicode(c) + " in escape sequence");
            }
            value = value * base + digit;
        }
        if (value > max || (value >= 0xd800 && value < 0xe000)) {
            throw error("escape sequence is an invalid Unicode code point");
        }
    }

    private Token rawString() throws ParseException {
        while (true) {
            int c = read();
            if (c == END) {
                throw error("unterminated raw string");
            }
            if (c == '`') {
                return token(TokenType.STRING);
            }
            if (c == 0xfffd) {
                throw error("invalid UTF-8 rune");
            }
        }
    }

    private Token numberOrDuration() throws ParseException {
        NumberScanner scanner = new NumberScanner(input, at);
        boolean number = scanner.number();
        boolean duration = !number && scanner.duration();
        at = scanner.position();
        if (!number && !duration) {
            throw error("bad number or duration syntax: " + GoString.quote(input.substring(start, at)));
        }
        return token(number ? TokenType.NUMBER : TokenType.DURATION);
    }

    private void skipComment() {
        while (at < input.length() && input.charAt(at) != '\n' && input.charAt(at) != '\r') {
            at++;
        }
    }

    private Token token(TokenType type) {
        return new Token(type, start, input.substring(start, at));
    }

    private ParseException error(String problem) {
        return new ParseException(problem, new Span(start, input.length()), input);
    }

    private int peek() {
        return at < input.length() ? input.codePointAt(at) : END;
    }

    private int read() {
        if (at >= input.length()) {
            return END;
        }
        int c = input.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    private boolean accept(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean nameStart(int c) {
        return alpha(c) || (unquotedUtf8 && c >= 0x80 && Character.isLetter(c));
    }

    private boolean nameContinues(int c) {
        return nameStart(c) || digit(c) || (unquotedUtf8 && c == '.');
    }

    private static String rune(int c) {
        return c == END ? "'\ufffd'" : GoString.quoteRune(c);
    }

    /** As Go's {@code %#U}: {@code U+0068 'h'}. */
    private static String unicode(int c) {
        String quoted = GoString.quoteRune(c);
        boolean printed = quoted.indexOf('\\') < 0 || c == '\\' || c == '\'';
        return String.format(Locale.ROOT, "U+%04X", c) + (printed ? " '" + Character.toString(c) + "'" : "");
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
