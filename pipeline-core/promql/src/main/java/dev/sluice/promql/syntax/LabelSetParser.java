package dev.sluice.promql.syntax;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;

/** Reads the name and labels of one series. */
final class LabelSetParser {
    private static final String CONTEXT = "label set";

    private final Tokens tokens;

    LabelSetParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Labels labels() throws ParseException {
        LabelsBuilder builder = new LabelsBuilder(Labels.EMPTY);
        String metric = tokens.type().namesMetric() ? tokens.take().text() : "";
        if (tokens.accept(TokenType.LEFT_BRACE)) {
            while (!tokens.accept(TokenType.RIGHT_BRACE)) {
                label(builder);
                if (!tokens.accept(TokenType.COMMA) && !tokens.at(TokenType.RIGHT_BRACE)) {
                    throw tokens.unexpected(CONTEXT, "\",\" or \"}\"");
                }
            }
        }
        return (metric.isEmpty() ? builder : builder.set(Labels.NAME, metric)).labels();
    }

    private void label(LabelsBuilder builder) throws ParseException {
        Token token = tokens.peek();
        boolean quoted = token.type() == TokenType.STRING;
        if (!quoted && token.type() != TokenType.IDENTIFIER) {
            throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
        }
        tokens.take();
        String name = quoted ? Literals.unquote(token.text()) : token.text();
        if (!tokens.accept(TokenType.EQL)) {
            if (!quoted) {
                throw tokens.unexpected(CONTEXT, "\"=\"");
            }
            builder.set(Labels.NAME, name);
            return;
        }
        if (!tokens.at(TokenType.STRING)) {
            throw tokens.unexpected(CONTEXT, "string");
        }
        builder.set(name, Literals.unquote(tokens.take().text()));
    }
}
