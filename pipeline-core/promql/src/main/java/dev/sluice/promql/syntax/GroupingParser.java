package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.series.Names;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of label names in parentheses. */
final class GroupingParser {
    private static final String CONTEXT = "grouping opts";

    private final Tokens tokens;

    GroupingParser(Tokens tokens) {
        this.tokens = tokens;
    }

    List<String> labels() throws ParseException {
        if (!tokens.at(TokenType.LEFT_PAREN)) {
            throw tokens.unexpected(CONTEXT, "\"(\"");
        }
        tokens.take();
        List<String> labels = new ArrayList<>();
        while (!tokens.accept(TokenType.RIGHT_PAREN)) {
            labels.add(label());
            if (!tokens.accept(TokenType.COMMA) && !tokens.at(TokenType.RIGHT_PAREN)) {
                throw tokens.unexpected(CONTEXT, "\",\" or \")\"");
            }
        }
        return labels;
    }

    private String label() throws ParseException {
        Token token = tokens.peek();
        boolean quoted = token.type() == TokenType.STRING;
        if (!quoted && !token.type().namesLabel()) {
            throw tokens.unexpected(CONTEXT, "label");
        }
        tokens.take();
        String name = quoted ? Literals.unquote(token.text()) : token.text();
        if (!Names.valid(name)) {
            throw tokens.error("invalid label name for grouping: " + GoString.quote(name), token.span());
        }
        return name;
    }
}
