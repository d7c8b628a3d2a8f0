package dev.sluice.promql.syntax;

import com.google.re2j.PatternSyntaxException;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads selectors of series. */
final class SelectorParser {
    private static final String CONTEXT = "label matching";

    private final Tokens tokens;

    SelectorParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @param name the metric name, taken already, or {@code null} where braces stand alone */
    VectorSelector selector(@Nullable Token name) throws ParseException {
        List<Matcher> matchers = new ArrayList<>();
        Span span = name == null ? tokens.peek().span() : name.span();
        if (tokens.at(TokenType.LEFT_BRACE)) {
            tokens.take();
            matchers(matchers);
            span = new Span(span.start(), tokens.lastEnd());
        }
        if (name != null) {
            matchers.add(Matcher.equal(Labels.NAME, name.text()));
        }
        return new VectorSelector(
                name == null ? "" : name.text(), List.copyOf(matchers), Shift.NONE, VectorSelector.Extent.PLAIN, span);
    }

    private void matchers(List<Matcher> matchers) throws ParseException {
        while (!tokens.accept(TokenType.RIGHT_BRACE)) {
            matchers.add(matcher());
            if (!tokens.accept(TokenType.COMMA) && !tokens.at(TokenType.RIGHT_BRACE)) {
                throw tokens.unexpected(CONTEXT, "\",\" or \"}\"");
            }
        }
    }

    private Matcher matcher() throws ParseException {
        Token label = tokens.peek();
        boolean quoted = label.type() == TokenType.STRING;
        if (!quoted && label.type() != TokenType.IDENTIFIER) {
            throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
        }
        tokens.take();
        String name = quoted ? Literals.unquote(label.text()) : label.text();
        MatchType type = matchType(tokens.type());
        if (type == null) {
            if (quoted) {
                return Matcher.equal(Labels.NAME, name);
            }
            throw tokens.unexpected(CONTEXT, "label matching operator");
        }
        tokens.take();
        if (!tokens.at(TokenType.STRING)) {
            throw tokens.unexpected(CONTEXT, "string");
        }
        Token value = tokens.take();
        try {
            return new Matcher(type, name, Literals.unquote(value.text()));
        } catch (PatternSyntaxException e) {
            throw tokens.error(String.valueOf(e.getMessage()), label.span().to(value.span()));
        }
    }

    private static @Nullable MatchType matchType(TokenType type) {
        return switch (type) {
            case EQL -> MatchType.EQUAL;
            case NEQ -> MatchType.NOT_EQUAL;
            case EQL_REGEX -> MatchType.REGEX;
            case NEQ_REGEX -> MatchType.NOT_REGEX;
            default -> null;
        };
    }
}
