package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/** The tokens of a query with one token of look-ahead, and the errors about them. */
final class Tokens {
    private final Lexer lexer;
    private @Nullable Token ahead;
    /** What is being read, for errors about tokens that nothing nearer explains; see {@link #unexpected()}. */
    private String context = "";

    private String expected = "";
    private int lastEnd;

    Tokens(String input, boolean unquotedUtf8) {
        lexer = new Lexer(input, unquotedUtf8);
    }

    String input() {
        return lexer.input();
    }

    Token peek() throws ParseException {
        Token token = ahead;
        if (token == null) {
            token = lexer.next();
            ahead = token;
        }
        return token;
    }

    TokenType type() throws ParseException {
        return peek().type();
    }

    boolean at(TokenType type) throws ParseException {
        return peek().type() == type;
    }

    Token take() throws ParseException {
        Token token = peek();
        ahead = null;
        lastEnd = token.end();
        return token;
    }

    boolean accept(TokenType type) throws ParseException {
        if (at(type)) {
            take();
            return true;
        }
        return false;
    }

    /** The next token, which must be of the type. */
    Token take(TokenType type) throws ParseException {
        if (!at(type)) {
            throw unexpected();
        }
        return take();
    }

    /** The position behind the token taken last. */
    int lastEnd() {
        return lastEnd;
    }

    /** Sets what errors mention until the next call; gives what they mentioned before, for {@link #restore}. */
    Context enter(String what, String wanted) {
        Context before = new Context(context, expected);
        context = what;
        expected = wanted;
        return before;
    }

    void restore(Context before) {
        context = before.what;
        expected = before.wanted;
    }

    /** What errors mention. */
    record Context(String what, String wanted) {}

    /** The next token has no place here. */
    ParseException unexpected() throws ParseException {
        return unexpected(context, expected);
    }

    ParseException unexpected(String what, String wanted) throws ParseException {
        Token token = peek();
        String problem = "unexpected " + token.description();
        if (!what.isEmpty()) {
            problem += " in " + what;
        }
        if (!wanted.isEmpty()) {
            problem += ", expected " + wanted;
        }
        return error(problem, token.span());
    }

    ParseException error(String problem, Span span) {
        return new ParseException(problem, span, lexer.input());
    }
}
