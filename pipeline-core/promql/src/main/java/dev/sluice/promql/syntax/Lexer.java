package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a query into tokens. What a character may be depends on where it stands: inside braces, inside brackets before a number, or elsewhere.
 * Errors, in Prometheus' words, are thrown when the token is asked for. Source: prometheus promql/parser/lex.go.
 */
final class Lexer {
    private final Characters text;
    private final StringScanner strings;
    private final NumberScanner numbers;
    private final boolean unquotedUtf8;
    private int parens;
    private boolean braceOpen;
    private boolean bracketOpen;
    /** Behind an opening bracket and until a number: only what a duration is made of. */
    private boolean inDuration;

    private boolean gotColon;
    private boolean gotDuration;

    /** @param unquotedUtf8 whether letters of any script, and dots inside, may stand in names without quotes */
    Lexer(String input, boolean unquotedUtf8) {
        this.text = new Characters(input);
        this.strings = new StringScanner(text);
        this.numbers = new NumberScanner(text);
        this.unquotedUtf8 = unquotedUtf8;
    }

    String input() {
        return text.input();
    }

    Token next() throws ParseException {
        while (true) {
            text.begin();
            int c = text.peek();
            if (Characters.space(c)) {
                text.read();
            } else if (c == '#' && !inDuration) {
                skipComment();
            } else if (braceOpen) {
                return insideBraces(text.read());
            } else if (inDuration) {
                return insideDuration(text.read());
            } else {
                return statement(text.read());
            }
        }
    }

    private Token statement(int c) throws ParseException {
        return switch (c) {
            case Characters.END -> {
                if (parens != 0) {
                    throw text.error("unclosed left parenthesis");
                }
                if (bracketOpen) {
                    throw text.error("unclosed left bracket");
                }
                yield text.token(TokenType.EOF);
            }
            case '=' -> {
                if (text.peek() == '~') {
                    throw text.error("unexpected character after '=': '~'");
                }
                yield text.token(text.accept('=') ? TokenType.EQLC : TokenType.EQL);
            }
            case '!' -> {
                int next = text.read();
                if (next != '=') {
                    throw text.error("unexpected character after '!': " + Characters.rune(next));
                }
                yield text.token(TokenType.NEQ);
            }
            case '<' ->
                text.token(text.accept('=') ? TokenType.LTE : text.accept('/') ? TokenType.TRIM_UPPER : TokenType.LSS);
            case '>' ->
                text.token(text.accept('=') ? TokenType.GTE : text.accept('/') ? TokenType.TRIM_LOWER : TokenType.GTR);
            case '"', '\'' -> strings.quoted(c);
            case '`' -> strings.raw();
            case '{' -> {
                braceOpen = true;
                yield text.token(TokenType.LEFT_BRACE);
            }
            case '[' -> leftBracket(c);
            case ']' -> {
                if (!bracketOpen) {
                    throw text.error("unexpected right bracket " + Characters.rune(c));
                }
                bracketOpen = false;
                yield text.token(TokenType.RIGHT_BRACKET);
            }
            case '@' -> text.token(TokenType.AT);
            default -> simple(c);
        };
    }

    private Token simple(int c) throws ParseException {
        Token found = arithmetic(c);
        if (found != null) {
            return found;
        }
        if (Characters.digit(c) || (c == '.' && Characters.digit(text.peek()))) {
            text.rewind();
            return numberOrDuration();
        }
        if (c == ':' || nameStart(c)) {
            if (!bracketOpen) {
                return word();
            }
            if (c == ':') {
                if (gotColon) {
                    throw text.error("unexpected colon " + Characters.rune(c));
                }
                gotColon = true;
                return text.token(TokenType.COLON);
            }
            Token keyword = durationKeyword(c);
            if (keyword != null) {
                return keyword;
            }
            throw text.error("unexpected character: " + Characters.rune(c) + ", expected ':'");
        }
        throw text.error("unexpected character: " + Characters.rune(c));
    }

    /** What stands for itself everywhere outside braces, or {@code null}. */
    private @Nullable Token arithmetic(int c) throws ParseException {
        return switch (c) {
            case ',' -> text.token(TokenType.COMMA);
            case '*' -> text.token(TokenType.MUL);
            case '/' -> text.token(TokenType.DIV);
            case '%' -> text.token(TokenType.MOD);
            case '+' -> text.token(TokenType.ADD);
            case '-' -> text.token(TokenType.SUB);
            case '^' -> text.token(TokenType.POW);
            case '(' -> {
                parens++;
                yield text.token(TokenType.LEFT_PAREN);
            }
            case ')' -> {
                parens--;
                if (parens < 0) {
                    text.begin();
                    throw text.error("unexpected right parenthesis ')'");
                }
                yield text.token(TokenType.RIGHT_PAREN);
            }
            default -> null;
        };
    }

    private Token leftBracket(int c) throws ParseException {
        if (bracketOpen) {
            throw text.error("unexpected left bracket " + Characters.rune(c));
        }
        gotColon = false;
        gotDuration = false;
        bracketOpen = true;
        inDuration = true;
        return text.token(TokenType.LEFT_BRACKET);
    }

    private Token insideDuration(int c) throws ParseException {
        if (c == Characters.END) {
            throw text.error("unexpected end of input in duration expression");
        }
        if (c == ']') {
            bracketOpen = false;
            inDuration = false;
            gotColon = false;
            return text.token(TokenType.RIGHT_BRACKET);
        }
        if (c == ':') {
            Token colon = text.token(TokenType.COLON);
            text.begin();
            if (!gotDuration) {
                throw text.error("unexpected colon before duration in duration expression");
            }
            if (gotColon) {
                throw text.error("unexpected repeated colon in duration expression");
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
        if (Characters.digit(c) || (c == '.' && Characters.digit(text.peek()))) {
            text.rewind();
            gotDuration = true;
            inDuration = false;
            return numberOrDuration();
        }
        throw text.error("unexpected character in duration expression: " + Characters.rune(c));
    }

    /** {@code step}, {@code range}, {@code max_of} or {@code min_of}, or {@code null} where the letter begins none of them. */
    private @Nullable Token durationKeyword(int c) {
        if ("srmSRM".indexOf(c) < 0) {
            return null;
        }
        while (Characters.alpha(text.peek())) {
            text.read();
        }
        TokenType type = TokenType.word(text.taken().toLowerCase(Locale.ROOT));
        if (type == TokenType.STEP || type == TokenType.RANGE || type == TokenType.MAX_OF || type == TokenType.MIN_OF) {
            return text.token(type);
        }
        text.rewind();
        text.read();
        return null;
    }

    private Token insideBraces(int c) throws ParseException {
        return switch (c) {
            case Characters.END -> throw text.error("unexpected end of input inside braces");
            case ',' -> text.token(TokenType.COMMA);
            case '"', '\'' -> strings.quoted(c);
            case '`' -> strings.raw();
            case '=' -> text.token(text.accept('~') ? TokenType.EQL_REGEX : TokenType.EQL);
            case '!' -> {
                int next = text.read();
                if (next != '~' && next != '=') {
                    throw text.error("unexpected character after '!' inside braces: " + Characters.rune(next));
                }
                yield text.token(next == '~' ? TokenType.NEQ_REGEX : TokenType.NEQ);
            }
            case '{' -> throw text.error("unexpected left brace " + Characters.rune(c));
            case '}' -> {
                braceOpen = false;
                yield text.token(TokenType.RIGHT_BRACE);
            }
            default -> {
                if (!nameStart(c)) {
                    throw text.error("unexpected character inside braces: " + Characters.rune(c));
                }
                while (nameContinues(text.peek())) {
                    text.read();
                }
                yield text.token(TokenType.IDENTIFIER);
            }
        };
    }

    private Token word() {
        while (nameContinues(text.peek()) || text.peek() == ':') {
            text.read();
        }
        String word = text.taken();
        // Lower case of some letters outside ASCII is ASCII; they make no keyword.
        TokenType keyword = GoString.utf8Length(word, word.length()) == word.length()
                ? TokenType.word(word.toLowerCase(Locale.ROOT))
                : null;
        if (keyword == null) {
            return text.token(word.indexOf(':') >= 0 ? TokenType.METRIC_IDENTIFIER : TokenType.IDENTIFIER);
        }
        boolean fill = keyword == TokenType.FILL || keyword == TokenType.FILL_LEFT || keyword == TokenType.FILL_RIGHT;
        return text.token(fill && text.peekBeyondSpace() != '(' ? TokenType.IDENTIFIER : keyword);
    }

    private Token numberOrDuration() throws ParseException {
        boolean number = numbers.number();
        if (!number && !numbers.duration()) {
            throw text.error("bad number or duration syntax: " + GoString.quote(text.taken()));
        }
        return text.token(number ? TokenType.NUMBER : TokenType.DURATION);
    }

    private void skipComment() {
        int c = text.peek();
        while (c != Characters.END && c != '\n' && c != '\r') {
            text.read();
            c = text.peek();
        }
    }

    private boolean nameStart(int c) {
        return Characters.alpha(c) || (unquotedUtf8 && c >= 0x80 && Character.isLetter(c));
    }

    private boolean nameContinues(int c) {
        return nameStart(c) || Characters.digit(c) || (unquotedUtf8 && c == '.');
    }
}
